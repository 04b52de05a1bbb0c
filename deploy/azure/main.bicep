// Milepost on Azure: Container Apps with two replicas, PostgreSQL, Key Vault, and the bot of Teams. One managed identity
// pulls the image, reads the secrets and is the bot of Teams, which so has no secret. The database has a password, in the
// vault.
//   az deployment group create --resource-group milepost --template-file deploy/azure/main.bicep --parameters @yours.json
@description('Begins the name of each resource; small letters and digits.')
@minLength(3)
@maxLength(12)
param name string = 'milepost'
param location string = resourceGroup().location

@description('The image in your registry, such as councilregistry.azurecr.io/milepost:0.2.0')
param image string
@description('The name of that registry, in this resource group.')
param registryName string

@description('Where Slack and Teams reach Milepost. If empty: the address that Azure gives.')
param publicUrl string = ''
@description('Who may set up programmes: slack:T0123/U0456, teams:<tenant id>/<user id>')
param admins string = ''

@secure()
param databasePassword string
@secure()
param slackBotToken string = ''
@secure()
param slackSigningSecret string = ''
@description('Where several organisations install Milepost by themselves (docs/organisations.md); else these three stay empty.')
param slackClientId string = ''
@secure()
param slackClientSecret string = ''
@secure()
param tokenKeys string = ''
@description('Whether the bot of Teams is made; it is the managed identity, so it has no secret.')
param withTeams bool = false
@description('Only for a bot that was registered before: its app registration.')
param teamsAppId string = ''
@secure()
param teamsAppPassword string = ''
@description('Of that registration. A bot of several tenants cannot be made any more: it stays, and is given the new endpoint.')
@allowed(['SingleTenant', 'MultiTenant'])
param teamsAppType string = 'SingleTenant'
param teamsTenantId string = tenant().tenantId

var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var hasSlackToken = !empty(slackBotToken)
var hasSlackInstalls = !empty(slackClientId)
var hasSlack = hasSlackToken || hasSlackInstalls
var hasTeamsSecret = !empty(teamsAppId)
var hasTeams = withTeams || hasTeamsSecret

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  sku: {
    name: 'Standard_B2s'
    tier: 'Burstable'
  }
  properties: {
    version: '17'
    administratorLogin: 'milepost'
    administratorLoginPassword: databasePassword
    storage: {
      storageSizeGB: 32
    }
    backup: {
      backupRetentionDays: 14
    }
  }

  resource milepost 'databases' = {
    name: 'milepost'
  }

  // Container Apps of this plan have no fixed address: the services of Azure may connect, and need the password.
  resource fromAzure 'firewallRules' = {
    name: 'azure'
    properties: {
      startIpAddress: '0.0.0.0'
      endIpAddress: '0.0.0.0'
    }
  }
}

var secretValues = union(
  {
    'database-url': 'postgresql://milepost:${uriComponent(databasePassword)}@${database.properties.fullyQualifiedDomainName}:5432/milepost?sslmode=verify-full'
  },
  hasSlack ? { 'slack-signing-secret': slackSigningSecret } : {},
  hasSlackToken ? { 'slack-bot-token': slackBotToken } : {},
  hasSlackInstalls ? { 'slack-client-secret': slackClientSecret, 'token-keys': tokenKeys } : {},
  hasTeamsSecret ? { 'teams-app-password': teamsAppPassword } : {}
)

resource secrets 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [
  for secret in items(secretValues): {
    parent: vault
    name: secret.key
    properties: {
      value: secret.value
    }
  }
]

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

var url = empty(publicUrl) ? 'https://${name}.${environment.properties.defaultDomain}' : publicUrl
var slackVariables = [
  { name: 'SLACK_SIGNING_SECRET', secretRef: 'slack-signing-secret' }
]
var slackTokenVariables = [
  { name: 'SLACK_BOT_TOKEN', secretRef: 'slack-bot-token' }
]
var slackInstallVariables = [
  { name: 'SLACK_CLIENT_ID', value: slackClientId }
  { name: 'SLACK_CLIENT_SECRET', secretRef: 'slack-client-secret' }
  { name: 'TOKEN_KEYS', secretRef: 'token-keys' }
]
var botId = hasTeamsSecret ? teamsAppId : identity.properties.clientId
var botType = hasTeamsSecret ? teamsAppType : 'UserAssignedMSI'
var teamsVariables = [
  { name: 'TEAMS_APP_ID', value: botId }
  { name: 'TEAMS_APP_TYPE', value: botType }
  { name: 'TEAMS_TENANT_ID', value: teamsTenantId }
]
var teamsSecretVariables = [
  { name: 'TEAMS_APP_PASSWORD', secretRef: 'teams-app-password' }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      ingress: {
        external: true
        targetPort: 3000
        transport: 'http'
        allowInsecure: false
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: [
        for secret in items(secretValues): {
          name: secret.key
          keyVaultUrl: '${vault.properties.vaultUri}secrets/${secret.key}'
          identity: identity.id
        }
      ]
    }
    template: {
      // Longer than the longest call to a platform: the process finishes what is in progress before it ends.
      terminationGracePeriodSeconds: 90
      containers: [
        {
          name: 'milepost'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat(
            [
              { name: 'NODE_ENV', value: 'production' }
              { name: 'PUBLIC_URL', value: url }
              { name: 'MILEPOST_ADMINS', value: admins }
              { name: 'DATABASE_URL', secretRef: 'database-url' }
            ],
            hasSlack ? slackVariables : [],
            hasSlackToken ? slackTokenVariables : [],
            hasSlackInstalls ? slackInstallVariables : [],
            hasTeams ? teamsVariables : [],
            hasTeamsSecret ? teamsSecretVariables : []
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 3000 }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3000 }
              periodSeconds: 10
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3000 }
              periodSeconds: 5
            }
          ]
        }
      ]
      // Reminders and digests go out at their hour: it may not scale to none.
      scale: {
        minReplicas: 2
        maxReplicas: 2
      }
    }
  }
  dependsOn: [
    mayPull
    mayReadSecrets
    secrets
  ]
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = if (hasTeams && botType != 'MultiTenant') {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Milepost'
    endpoint: '${url}/api/messages'
    msaAppId: botId
    msaAppType: botType
    msaAppTenantId: teamsTenantId
    msaAppMSIResourceId: hasTeamsSecret ? null : identity.id
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: {
      channelName: 'MsTeamsChannel'
      properties: {
        isEnabled: true
      }
    }
  }
}

output publicUrl string = url
