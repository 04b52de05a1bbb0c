import { type ErrorExplanation, errorTable } from '../../chat/error-meaning.ts'

// What each error code of Slack's Web API means, and what to do about it. The codes are those that Slack documents for
// the methods that Milepost calls: chat.postMessage, chat.update, conversations.open, .info, .history and .replies,
// files.getUploadURLExternal and .completeUploadExternal, users.info, and oauth.v2.access for a token that is renewed.
// Without Bolt, so that reading it stays cheap.
// Source: https://docs.slack.dev/reference/methods

const refused =
  'Slack refused the message itself, so sending it again will not help. Please tell whoever runs Milepost.'
const mayNotWrite =
  'That channel does not let me write. Its owner can change that, or have the digest sent elsewhere.'
const removed =
  'I was removed from that workspace. Whoever looks after it has to install me again; what is still true is sent then.'
const tokenRefused =
  'Slack does not accept my token. Whoever runs Milepost has to put a valid one in SLACK_BOT_TOKEN; what is still true is sent then.'
const notRenewed =
  'Tokens of that workspace end after twelve hours, and Slack has given no new one. Whoever looks after the workspace has to install Milepost again, by a new link from whoever runs Milepost; what is still true is sent then.'
const closedByAdmin =
  'The administrators of that workspace let me do nothing there. They have to let me in again; what is still true is sent then.'
const noPicture =
  'Slack did not take the picture. The message is sent without it; an administrator of the workspace can allow files.'
const fileSharing =
  'Sharing with another organisation is restricted there, so the message was refused. An administrator of the workspace can allow it.'
const reading =
  'I could not read that conversation to see whether the message stands there. Look there; if it is missing, have it sent again.'
const accountGone =
  'That account is gone or switched off. If the person has another, add it to the people file.'
const notInChannel =
  'I am not in that channel, or it is gone. Invite me to it, or have the digest sent elsewhere.'
const outdated =
  'Slack no longer knows the way in which I call it. Whoever runs Milepost has to update it; what is still true is sent then.'

const table = errorTable([
  [
    'slow down',
    'Slack asks me to slow down. The message is sent as soon as Slack lets me. Nothing to do, unless this goes on.',
    ['ratelimited', 'rate_limited', 'http_429'],
  ],
  [
    'slow down',
    'People in that workspace send more messages than its plan allows. The message is tried for a day; whoever pays for the workspace can change its plan.',
    ['message_limit_exceeded'],
  ],
  [
    'person gone',
    accountGone,
    ['user_not_found', 'users_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot'],
  ],
  [
    'person gone',
    'That person is in another organisation, which lets me write to nobody in private. Add another account of theirs to the people file.',
    ['slack_connect_dm_disabled', 'invalid_user_combination'],
  ],
  [
    'channel gone',
    notInChannel,
    ['channel_not_found', 'not_in_channel', 'user_not_in_channel', 'invalid_channel'],
  ],
  [
    'channel gone',
    'The channel is archived. Open it again, or have the digest sent elsewhere.',
    ['is_archived'],
  ],
  [
    'channel gone',
    'Only some may read that channel, and I am not among them. Let me in, or have the digest sent elsewhere.',
    ['channel_is_limited_access'],
  ],
  [
    'workspace broken',
    removed,
    [
      ...['token_revoked', 'team_not_found', 'team_access_not_granted'],
      ...['user_removed_from_team', 'team_disabled'],
    ],
  ],
  [
    'workspace or recipient',
    // "Authentication token is for a deleted user or workspace"
    'I was removed from that workspace, or the account is closed. Whoever looks after the workspace can install me again; somebody with another account is written to there.',
    ['account_inactive'],
  ],
  [
    'workspace broken',
    'Milepost is not installed in that workspace, or was taken away from it. Whoever looks after the workspace can install it by the link that they were given; what is still true is sent then.',
    ['app_not_installed'],
  ],
  [
    'workspace broken',
    'The token of that workspace cannot be read, because its key is not in TOKEN_KEYS. Whoever runs Milepost has to put the key back, or have the workspace install Milepost again; what is still true is sent then.',
    ['token_key_missing'],
  ],
  ['workspace broken', tokenRefused, ['invalid_auth', 'not_authed', 'not_allowed_token_type']],
  ['workspace broken', notRenewed, ['token_expired', 'invalid_refresh_token']],
  [
    'workspace broken',
    'Slack does not accept SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, so it gives no new token. Whoever runs Milepost has to compare them with the app’s page “Basic Information”; what is still true is sent then.',
    ['invalid_client_id', 'bad_client_secret'],
  ],
  [
    'workspace broken',
    'My token lacks a permission. Whoever looks after the workspace has to install me again with the manifest of this version; what is still true is sent then.',
    ['missing_scope'],
  ],
  [
    'workspace broken',
    closedByAdmin,
    [
      ...['access_denied', 'accesslimited', 'ekm_access_denied', 'enterprise_is_restricted'],
      ...['two_factor_setup_required', 'app_access_restricted'],
    ],
  ],
  [
    'workspace broken',
    'That workspace is moving into an organisation, and Slack lets nobody in until it is done. If it is done, whoever looks after it has to install me again.',
    ['org_login_required', 'team_added_to_org'],
  ],
  [
    'workspace broken',
    'My messages tab is switched off, so I can write to nobody in private. Whoever looks after the app has to switch it on under App Home.',
    ['messages_tab_disabled'],
  ],
  [
    'workspace broken',
    outdated,
    ['deprecated_endpoint', 'method_deprecated', 'unknown_method', 'as_user_not_supported'],
  ],
  [
    'workspace or recipient',
    'I am not allowed to write there. Invite me to the channel, or have me installed again in that workspace.',
    ['no_permission'],
  ],
  [
    'message rejected',
    mayNotWrite,
    [
      ...['restricted_action', 'restricted_action_read_only_channel'],
      ...['restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel'],
      ...['posting_to_channel_denied', 'method_not_supported_for_channel_type'],
    ],
  ],
  [
    'message rejected',
    'The thread in which it belongs is locked or gone, so it was not sent. Have it sent elsewhere, or drop it.',
    [
      ...['thread_not_found', 'thread_locked', 'restricted_action_thread_locked'],
      'cannot_reply_to_message',
    ],
  ],
  [
    'message rejected',
    'The message that was to be changed is gone, or Slack lets nobody change it any more. It stays as it is. Nothing to do.',
    [
      ...['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive'],
      ...['block_mismatch', 'cant_broadcast_message', 'no_dual_broadcast_content_update'],
    ],
  ],
  [
    'message rejected',
    refused,
    [
      ...['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'no_text'],
      ...['msg_too_long', 'msg_blocks_too_long', 'markdown_text_conflict', 'too_many_attachments'],
      ...['attachment_payload_limit_exceeded', 'too_many_contact_cards', 'missing_file_data'],
      ...['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large'],
      ...['metadata_must_be_sent_from_app', 'invalid_arguments', 'invalid_arg_name'],
      ...['invalid_array_arg', 'invalid_charset', 'invalid_form_data', 'invalid_post_type'],
      ...['missing_post_type', 'missing_argument', 'invalid_json', 'json_not_object'],
      ...['view_too_large', 'draft_already_deleted', 'draft_already_sent', 'draft_has_conflict'],
      ...['draft_not_found', 'duplicate_channel_not_found', 'duplicate_message_not_found'],
      ...['not_enough_users', 'too_many_users', 'users_list_not_supplied'],
      ...['agent_prompt_display_not_allowed', 'send_on_behalf_not_allowed'],
    ],
  ],
  [
    'message rejected',
    noPicture,
    [
      ...['file_type_not_allowed', 'file_upload_size_restricted', 'file_uploads_disabled'],
      ...['file_uploads_except_images_disabled', 'storage_limit_reached', 'blocked_file_type'],
      ...['alt_txt_too_large', 'snippet_too_large', 'unknown_snippet_type', 'unknown_subtype'],
      ...['channels_limit_exceeded', 'file_not_found', 'file_update_failed', 'file_deleted'],
      ...['file_is_deleted', 'file_share_limit_reached', 'max_file_sharing_exceeded'],
      'unable_to_share_files',
    ],
  ],
  [
    'message rejected',
    fileSharing,
    [
      ...['slack_connect_canvas_sharing_blocked', 'slack_connect_file_link_sharing_blocked'],
      ...['slack_connect_lists_sharing_blocked', 'slack_connect_blocked_file_type'],
      ...['slack_connect_clip_sharing_blocked', 'slack_connect_file_upload_sharing_blocked'],
    ],
  ],
  [
    'message rejected',
    reading,
    [
      ...['invalid_cursor', 'invalid_ts_latest', 'invalid_ts_oldest'],
      ...['invalid_metadata_filter_keys', 'list_record_comment_fetch_failed'],
    ],
  ],
  [
    'not posted',
    'Slack failed before it posted anything. The message is tried again for a day. Nothing to do, unless this goes on.',
    [
      // "The POST data was either missing or truncated"
      ...['request_timeout', 'service_unavailable', 'update_failed'],
      ...['external_channel_migrating', 'streaming_state_conflict'],
    ],
  ],
  // "It's possible some aspect of the operation succeeded before the error was raised."
  [
    'perhaps posted',
    'Slack failed and may have posted it. I look for it before I send it again. Nothing to do, unless this goes on.',
    ['fatal_error', 'internal_error'],
  ],
])

/** Undefined for a code that Slack did not have when this was written. */
export function explainSlackError(code: string): ErrorExplanation | undefined {
  return table.get(code)
}
