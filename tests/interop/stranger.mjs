// SPDX-License-Identifier: EUPL-1.2
// openid-client as a requester in the whole scheme: it asks, waits for its citizen, fetches from two sources, gives up.
// Argument: a plan (JSON). Prints where the citizen goes; reads where the browser came back; prints what it got (JSON).
import { createInterface } from 'node:readline/promises'
import * as client from 'openid-client'
import { keyPair, plan } from './oauth_keys.mjs'

const dpopKeys = await keyPair('ES256', plan.dpopKey)
const config = await client.discovery(
  new URL(plan.issuer),
  plan.clientId,
  { use_mtls_endpoint_aliases: false },
  client.PrivateKeyJwt({ key: (await keyPair('ES256', plan.clientKey)).privateKey, kid: plan.kid }),
  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] }
)
const DPoP = client.getDPoPHandle(config, dpopKeys)

async function fetchSet(source, token, rule) {
  const answer = await client.fetchProtectedResource(
    config,
    token,
    new URL(`${source}/v1/leveringen`),
    'POST',
    JSON.stringify({ regel: rule }),
    new Headers({ 'content-type': 'application/json', 'idempotency-key': client.randomState() }),
    { DPoP }
  )
  return { status: answer.status, body: await answer.json() }
}

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const address = await client.buildAuthorizationUrlWithPAR(
  config,
  {
    redirect_uri: plan.redirectUri,
    authorization_details: JSON.stringify(plan.lines),
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state
  },
  { DPoP }
)
console.log(address.href)
const { value: back } = await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next()
const [one, two] = plan.lines.map((line) => line.locations[0])
const checks = { pkceCodeVerifier, expectedState: state }
const first = await client.authorizationCodeGrant(config, new URL(back), checks, { resource: one }, { DPoP })
const ruleOf = (source) => first.authorization_details.find((line) => line.locations[0] === source).regel
const sets = [await fetchSet(one, first.access_token, ruleOf(one))]
const second = await client.refreshTokenGrant(config, first.refresh_token, { resource: two }, { DPoP })
sets.push(await fetchSet(two, second.access_token, ruleOf(two)))
await client.tokenRevocation(config, first.refresh_token, { token_type_hint: 'refresh_token' })
let after = ''
try {
  await client.refreshTokenGrant(config, first.refresh_token, { resource: one }, { DPoP })
} catch (error) {
  after = error.error
}
const late = await fetchSet(one, first.access_token, ruleOf(one)).catch((error) => ({ status: error.status ?? 401, body: {} }))
console.log(JSON.stringify({ sets, after, late }))
process.exit(0)
