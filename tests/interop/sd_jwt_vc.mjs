// SPDX-License-Identifier: EUPL-1.2
// @sd-jwt/sd-jwt-vc behind standard input: one JSON command a line, one JSON answer a line.
//   {"do": "issue", "payload", "frame", "key", "header"}            → {"compact"}
//   {"do": "present", "compact", "frame", "key", "kb"}              → {"compact"}
//   {"do": "verify", "compact", "key", "holder", "nonce", "at", "statusList"} → {"payload", "kb"}
//   {"do": "json", "compact"}                                       → {"json"}
//   {"do": "metadata", "document"}                                  → {"metadata"}
// "repeat": n does it n times and adds "microseconds", the processor time of this process for each time.
import { createInterface } from "node:readline";
import { digest, ES256, generateSalt } from "@sd-jwt/crypto-nodejs";
import { SDJwtVcInstance, TypeMetadataFormatSchema } from "@sd-jwt/sd-jwt-vc";

const base = { hasher: digest, hashAlg: "sha-256", saltGenerator: generateSalt, signAlg: "ES256", kbSignAlg: "ES256" };

const commands = {
  async issue({ payload, frame, key, header }) {
    const instance = new SDJwtVcInstance({ ...base, signer: await ES256.getSigner(key) });
    return async () => ({ compact: await instance.issue(payload, frame, { header }) });
  },
  async present({ compact, frame, key, kb }) {
    const instance = new SDJwtVcInstance({ ...base, kbSigner: key && (await ES256.getSigner(key)) });
    return async () => ({ compact: await instance.present(compact, frame, kb && { kb: { payload: kb } }) });
  },
  async verify({ compact, key, holder, nonce, at, statusList }) {
    const kbVerifier = holder && (await ES256.getVerifier(holder));
    const statusListFetcher = async () => statusList;
    const verifier = await ES256.getVerifier(key);
    const instance = new SDJwtVcInstance({ ...base, verifier, kbVerifier, statusListFetcher });
    return async () => {
      const { payload, kb } = await instance.verify(compact, { keyBindingNonce: nonce, currentDate: at });
      return { payload, kb: kb?.payload };
    };
  },
  async metadata({ document }) {
    return async () => ({ metadata: TypeMetadataFormatSchema.parse(document) });
  },
  async json({ compact }) {
    const instance = new SDJwtVcInstance(base);
    return async () => ({ json: JSON.stringify(instance.toFlattenJSON(compact).toJson()) });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, repeat = 1, ...given } = JSON.parse(line);
  let answer;
  try {
    const run = await commands[name](given);
    const start = process.cpuUsage();
    for (let count = 0; count < repeat; count += 1) answer = await run();
    const { user, system } = process.cpuUsage(start);
    answer.microseconds = (user + system) / repeat;
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
