// SPDX-License-Identifier: EUPL-1.2
// What both client programs share: keys from PKCS#8, and a browser that does not follow where it is sent.
import { createPrivateKey, createPublicKey } from 'node:crypto'

const ALGORITHMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' }
}

export async function keyPair(alg, pkcs8) {
  const der = Buffer.from(pkcs8, 'base64')
  const spki = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  const algorithm = ALGORITHMS[alg]
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', spki.export({ format: 'der', type: 'spki' }), algorithm, true, ['verify'])
  }
}

export async function visit(url) {
  const answer = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } })
  if (answer.status !== 303) throw new Error(`the browser got ${answer.status}`)
  return new URL(answer.headers.get('location'))
}

export const plan = JSON.parse(process.argv[2])
