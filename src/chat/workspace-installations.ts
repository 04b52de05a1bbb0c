import type { Workspace } from '../base/addresses.ts'

/** Which workspaces have installed Milepost by themselves, beside the one whose token stands in the configuration. */

/** The app as a workspace has it. */
export interface InstalledApp {
  /** What the platform takes calls with. */
  readonly token: string
  /** The app's own account there. */
  readonly botUser: string
  /** The token serves several workspaces, so each call says which is meant. */
  readonly isOrganisationWide: boolean
}

/** Why nothing can be said there, as an error code of the platform's own table. */
export interface NotInstalled {
  readonly notInstalled: 'app_not_installed' | 'token_key_missing'
}

/** A token that ends, and what the next one is given for. */
export interface ExpiringToken {
  readonly token: string
  readonly refreshToken: string
  readonly expiresAt: Date
}

/** A workspace that has just installed Milepost. */
export interface NewInstallation extends Workspace {
  /** By whose link it did. */
  readonly organisationId: string
  /** As the platform calls it. */
  readonly name: string | null
  readonly token: string
  readonly botUser: string
  readonly scopes: readonly string[]
  /** The account that installed it, by its id there. */
  readonly installedBy: string | null
  /** Of a token that ends; null: it does not. */
  readonly renewal: Omit<ExpiringToken, 'token'> | null
}

export interface WorkspaceInstallations {
  /** How a workspace that needs no token stands: 'taken away' by itself or by an operator, 'unknown' if it never was let in. */
  stateOf(workspace: Workspace): Promise<'installed' | 'taken away' | 'unknown'>
  /** Whom the code in a link invites to install Milepost; undefined for one that is none of ours, or too old. */
  invitation(code: string): Promise<{ readonly organisationId: string } | undefined>
  /** True for the first who takes the key, in all processes; kept for a week. */
  takeOnce(key: string): Promise<boolean>
  save(installation: NewInstallation): Promise<'saved' | 'of another organisation'>
  find(workspace: Workspace): Promise<InstalledApp | NotInstalled>
  /**
   * A request said that this workspace is served by the installation of its Slack organisation. Ignored where that one is
   * not installed, or belongs to another of our organisations.
   */
  noteServedVia(workspace: Workspace, viaTenant: string): Promise<void>
  /** The Slack organisation says that its installation serves this workspace no more. `at`: when, by its clock. */
  endServedVia(
    workspace: Workspace,
    end: { readonly viaTenant: string; readonly by: string; readonly at: Date },
  ): Promise<void>
  /** The platform says that the app, or its token, was taken away. `at`: when, by its clock. */
  revoke(workspace: Workspace, by: string, at: Date): Promise<void>
}

/** Where no workspace can install Milepost. */
export const noInstallations: WorkspaceInstallations = {
  find: async () => ({ notInstalled: 'app_not_installed' }),
  stateOf: async () => 'unknown',
  invitation: async () => undefined,
  takeOnce: async () => false,
  save: async () => 'of another organisation',
  noteServedVia: async () => {},
  endServedVia: async () => {},
  revoke: async () => {},
}
