/** Where browsers come to install Milepost. Without the SDK, so that the command line reads it cheaply. */
export const installPath = '/slack/install'
export const redirectPath = '/slack/oauth_redirect'
