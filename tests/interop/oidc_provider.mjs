// SPDX-License-Identifier: EUPL-1.2
// The certified OpenID provider of npm, as somebody else's login service. One account; whoever comes is logged in as it.
// Arguments: port, redirect address, client secret. Prints "ready" when it listens; ends when its input closes.
import { generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'

const [port, redirectUri, clientSecret] = process.argv.slice(2)
const issuer = `http://localhost:${port}`
const substantial = 'http://eidas.europa.eu/LoA/substantial'

function key(kind, options, alg) {
  const jwk = generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: `sleutel-${alg}`, use: 'sig', alg }
}

function client(alg) {
  return {
    client_id: `bron-${alg}`,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: alg
  }
}

const provider = new Provider(issuer, {
  clients: ['ES256', 'RS256', 'PS256', 'EdDSA'].map(client),
  jwks: {
    keys: [
      key('ec', { namedCurve: 'P-256' }, 'ES256'),
      key('rsa', { modulusLength: 2048 }, 'RS256'),
      key('rsa', { modulusLength: 2048 }, 'PS256'),
      key('ed25519', {}, 'EdDSA')
    ]
  },
  enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256', 'PS256', 'EdDSA'] },
  acrValues: [substantial],
  claims: { openid: ['sub', 'bsn'], acr: null, auth_time: null },
  conformIdTokenClaims: false,
  cookies: { keys: ['alleen-voor-een-proef'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/vraag/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, bsn: '999996149' }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId
    })
    grant.addOIDCScope('openid')
    await grant.save()
    return grant
  }
})

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/vraag/')) return next()
  const stop = ctx.query.stop !== undefined
  const result = stop
    ? { error: 'access_denied' }
    : { login: { accountId: 'iemand', acr: substantial, remember: false } }
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result))
})

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
process.stdin.on('end', () => process.exit(0)).resume()
