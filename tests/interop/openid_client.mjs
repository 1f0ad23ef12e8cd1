// SPDX-License-Identifier: EUPL-1.2
// openid-client as a requester or an app: PAR with RAR, PKCE, DPoP; a token, a refresh for another source, revocation.
// Argument: a plan (JSON). Prints what it got (JSON).
import * as client from 'openid-client'
import { keyPair, plan, visit } from './oauth_keys.mjs'

const dpopKeys = await keyPair('ES256', plan.dpopKey)
const authentication = plan.clientKey
  ? client.PrivateKeyJwt({ key: (await keyPair(plan.alg, plan.clientKey)).privateKey, kid: plan.kid })
  : client.None()
const config = await client.discovery(
  new URL(plan.issuer),
  plan.clientId,
  { use_mtls_endpoint_aliases: false, [client.clockSkew]: plan.skew },
  authentication,
  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] }
)
const DPoP = client.getDPoPHandle(config, dpopKeys)
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
const back = await visit(address)
const first = await client.authorizationCodeGrant(
  config,
  back,
  { pkceCodeVerifier, expectedState: state },
  { resource: plan.sources[0] },
  { DPoP }
)
const second = await client.refreshTokenGrant(config, first.refresh_token, { resource: plan.sources[1] }, { DPoP })
await client.tokenRevocation(config, first.refresh_token, { token_type_hint: 'refresh_token' })
let after = ''
try {
  await client.refreshTokenGrant(config, first.refresh_token, { resource: plan.sources[0] }, { DPoP })
} catch (error) {
  after = error.error
}
console.log(JSON.stringify({ address: address.href, first, second, after }))
