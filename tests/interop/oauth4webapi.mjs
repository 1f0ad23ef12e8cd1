// SPDX-License-Identifier: EUPL-1.2
// oauth4webapi as a requester, step by step; it also looks at our access token as a resource server would (RFC 9068).
// Argument: a plan (JSON). Prints what it got (JSON).
import * as oauth from 'oauth4webapi'
import { keyPair, plan, visit } from './oauth_keys.mjs'

const insecure = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(plan.issuer)
const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
const as = await oauth.processDiscoveryResponse(issuer, discovery)
const client = { client_id: plan.clientId, [oauth.clockSkew]: plan.skew }
const { privateKey } = await keyPair(plan.alg, plan.clientKey)
const authentication = oauth.PrivateKeyJwt({ key: privateKey, kid: plan.kid })
const DPoP = oauth.DPoP(client, await keyPair('ES256', plan.dpopKey))
const options = { DPoP, ...insecure }
let nonces = 0

// As the library asks: once more with the nonce that came with the refusal.
async function asked(request, process) {
  try {
    return await process(await request())
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    nonces += 1
    return process(await request())
  }
}

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const parameters = {
  response_type: 'code',
  redirect_uri: plan.redirectUri,
  authorization_details: JSON.stringify(plan.lines),
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state
}
const pushed = await asked(
  () => oauth.pushedAuthorizationRequest(as, client, authentication, parameters, options),
  (answer) => oauth.processPushedAuthorizationResponse(as, client, answer)
)
const address = new URL(as.authorization_endpoint)
address.searchParams.set('client_id', client.client_id)
address.searchParams.set('request_uri', pushed.request_uri)
const back = oauth.validateAuthResponse(as, client, await visit(address), state)
const additionalParameters = (source) => ({ additionalParameters: { resource: source } })
const redeem = () =>
  oauth.authorizationCodeGrantRequest(as, client, authentication, back, plan.redirectUri, verifier, {
    ...options,
    ...additionalParameters(plan.sources[0])
  })
const first = await asked(redeem, (answer) => oauth.processAuthorizationCodeResponse(as, client, answer))

// The token at the source, as another implementation sees it.
let sent
await oauth.protectedResourceRequest(
  first.access_token,
  'POST',
  new URL(`${plan.sources[0]}/v1/leveringen`),
  undefined,
  undefined,
  {
    DPoP,
    [oauth.customFetch]: (url, { headers, method }) => {
      sent = new Request(url, { headers, method })
      return new Response()
    }
  }
)
const seen = await oauth.validateJwtAccessToken(as, sent, plan.sources[0], { requireDPoP: true, ...insecure })

const refresh = (source) =>
  asked(
    () =>
      oauth.refreshTokenGrantRequest(as, client, authentication, first.refresh_token, {
        ...options,
        ...additionalParameters(source)
      }),
    (answer) => oauth.processRefreshTokenResponse(as, client, answer)
  )
const second = await refresh(plan.sources[1])
const revoked = await oauth.revocationRequest(as, client, authentication, first.refresh_token, insecure)
await oauth.processRevocationResponse(revoked)
let after = ''
try {
  await refresh(plan.sources[0])
} catch (error) {
  after = error.error
}
console.log(JSON.stringify({ first, second, after, seen, nonces }))
