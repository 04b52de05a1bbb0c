import { describe, expect, test } from '@jest/globals'
import { isAllowedServiceUrl, TeamsConfig } from '../../../src/platforms/teams/config.ts'

const real = { mode: 'tenant', appId: 'app', appPassword: 'secret', tenantId: 'tenant' } as const

describe('the Teams configuration', () => {
  test('needs nothing but the registration', () => {
    expect(TeamsConfig.parse(real)).toMatchObject({
      serviceUrl: 'https://smba.trafficmanager.net/teams/',
      allowedHosts: expect.arrayContaining(['smba.infra.gcc.teams.microsoft.com']),
    })
  })

  test.each([
    ['public', 'smba.trafficmanager.net'],
    ['gcc', 'smba.infra.gcc.teams.microsoft.com'],
    ['gcc-high', 'smba.infra.gov.teams.microsoft.us'],
    ['dod', 'smba.infra.dod.teams.microsoft.us'],
  ])(
    'of the cloud %s calls its own hosts, and no government’s by another’s token',
    (cloud, host) => {
      const config = TeamsConfig.parse({ ...real, cloud })
      expect(config).toMatchObject({ serviceUrl: `https://${host}/teams/` })
      const isAllowed = (url: string) =>
        config.mode === 'tenant' && isAllowedServiceUrl(config, url)
      expect(isAllowed(`https://${host}/uk/`)).toBe(true)
      expect(isAllowed('https://smba.infra.gov.teams.microsoft.us/')).toBe(cloud === 'gcc-high')
      expect(isAllowed('https://smba.trafficmanager.net/')).toBe(!/high|dod/.test(cloud))
    },
  )

  test.each(['appId', 'appPassword', 'tenantId'])('takes no empty %s', (name) => {
    expect(TeamsConfig.safeParse({ ...real, [name]: '' }).success).toBe(false)
  })

  test('keeps the local mode apart from real credentials', () => {
    expect(TeamsConfig.safeParse({ mode: 'local' }).success).toBe(true)
    expect(TeamsConfig.safeParse({ ...real, mode: 'local' }).success).toBe(false)
  })

  test('takes an issuer on this machine alone', () => {
    const issuer = {
      ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:1/keys',
      ToBotFromChannelTokenIssuer: 'issuer',
      ToBotFromEmulatorOpenIdMetadataUrl: 'http://127.0.0.1:1/keys',
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:1/login',
      ToChannelFromBotOAuthScope: 'scope',
      OAuthUrl: 'http://127.0.0.1:1',
      ValidateAuthority: false,
      tokenUrl: 'http://127.0.0.1:1/token',
    }
    const parsed = (authSettings: object) =>
      TeamsConfig.safeParse({ ...real, authSettings }).success
    expect(parsed(issuer)).toBe(true)
    expect(parsed({ ...issuer, tokenUrl: 'https://login.example/token' })).toBe(false)
  })

  test('does not take a service address outside the allowed hosts', () => {
    const away = { ...real, serviceUrl: 'https://elsewhere.example/' }
    expect(TeamsConfig.safeParse(away).success).toBe(false)
  })
})

describe('an address', () => {
  const tenant = TeamsConfig.parse(real)
  const playground = TeamsConfig.parse({
    ...real,
    allowedHosts: ['127.0.0.1'],
    serviceUrl: 'http://127.0.0.1:3000/uk/',
  })
  const local = TeamsConfig.parse({ mode: 'local' })

  test.each([
    ['Teams', tenant, 'https://smba.trafficmanager.net/uk/', true],
    ['Teams without encryption', tenant, 'http://smba.trafficmanager.net/uk/', false],
    ['a host that ends like Teams', tenant, 'https://evil-smba.trafficmanager.net/', false],
    [
      'a host that begins like Teams',
      tenant,
      'https://smba.trafficmanager.net.evil.example/',
      false,
    ],
    ['Teams as a user name', tenant, 'https://smba.trafficmanager.net@evil.example/', false],
    ['this machine', tenant, 'http://127.0.0.1:3000/', false],
    ['nonsense', tenant, 'not an address', false],
    ['this machine, in the playground', playground, 'http://127.0.0.1:4000/uk/', true],
    ['this machine, locally', local, 'http://localhost:56150', true],
    ['this machine by IPv6, locally', local, 'http://[::1]:56150', true],
    ['Teams, locally', local, 'https://smba.trafficmanager.net/uk/', false],
  ])('%s', (_, config, url, expected) => {
    expect(isAllowedServiceUrl(config, url)).toBe(expected)
  })
})
