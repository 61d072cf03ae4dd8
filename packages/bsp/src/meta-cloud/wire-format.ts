/**
 * The JSON of Meta's WhatsApp Cloud API as its documentation writes it, and as 360dialog passes it through.
 * Builders (the simulator, our requests) take these types at their word. Readers never do: they use
 * `Untrusted<T>`, because fields appear, vanish and change their type without notice.
 */

export type WireProfile = {
  readonly name?: string
  readonly username?: string
}

export type WireContact = {
  readonly profile?: WireProfile
  /** Absent or empty when the citizen hides the number behind a username. */
  readonly wa_id?: string
  readonly user_id?: string
  readonly parent_user_id?: string
  readonly country_code?: string
  readonly username?: string | null
}

export type WireError = {
  readonly code: number
  readonly title?: string
  readonly message?: string
  readonly details?: string
  readonly error_data?: { readonly details?: string }
  readonly href?: string
}

export type WireContext = {
  readonly from?: string
  readonly from_user_id?: string
  readonly id?: string
  readonly forwarded?: boolean
  readonly frequently_forwarded?: boolean
}

export type WireReferral = {
  readonly source_type?: string
  readonly headline?: string
}

export type WireMedia = {
  readonly id: string
  readonly mime_type?: string
  /** Base64 in webhooks. */
  readonly sha256?: string
  readonly caption?: string
  readonly filename?: string
  readonly voice?: boolean
  readonly animated?: boolean
  readonly url?: string
}

export type WireLocation = {
  readonly latitude: number
  readonly longitude: number
  readonly name?: string
  readonly address?: string
  readonly url?: string
}

export type WireSharedContact = {
  readonly name?: {
    readonly formatted_name?: string
    readonly first_name?: string
    readonly last_name?: string
  }
  readonly phones?: readonly { readonly phone?: string; readonly wa_id?: string; readonly type?: string }[]
  readonly emails?: readonly { readonly email?: string; readonly type?: string }[]
  readonly org?: { readonly company?: string }
  readonly vcard?: string
  readonly origin?: string
}

export type WireInteractive = {
  readonly type: string
  readonly button_reply?: { readonly id: string; readonly title: string }
  readonly list_reply?: { readonly id: string; readonly title: string; readonly description?: string }
  readonly nfm_reply?: { readonly name?: string; readonly body?: string; readonly response_json: string }
  readonly call_permission_reply?: { readonly response?: string }
}

export type WireSystem = {
  readonly body?: string
  readonly type?: string
  readonly wa_id?: string
  /** Spelling before v12. */
  readonly new_wa_id?: string
  readonly user_id?: string
  readonly parent_user_id?: string
  readonly previous_user_id?: string
  readonly previous_parent_user_id?: string
  /** The number before the change. */
  readonly customer?: string
}

export type WireMessage = {
  readonly id: string
  readonly timestamp: string
  readonly type: string
  readonly from?: string
  readonly from_user_id?: string
  readonly from_parent_user_id?: string
  readonly group_id?: string
  readonly context?: WireContext
  readonly referral?: WireReferral
  readonly errors?: readonly WireError[]
  readonly text?: { readonly body: string }
  readonly image?: WireMedia
  readonly video?: WireMedia
  readonly audio?: WireMedia
  readonly document?: WireMedia
  readonly sticker?: WireMedia
  readonly location?: WireLocation
  readonly contacts?: readonly WireSharedContact[]
  readonly interactive?: WireInteractive
  readonly button?: { readonly text: string; readonly payload?: string }
  readonly reaction?: { readonly message_id: string; readonly emoji?: string }
  readonly order?: {
    readonly catalog_id?: string
    readonly text?: string
    readonly product_items?: readonly { readonly product_retailer_id?: string; readonly quantity?: number }[]
  }
  readonly system?: WireSystem
  readonly edit?: { readonly original_message_id: string; readonly message?: WireMessageBody }
  readonly revoke?: { readonly original_message_id: string }
  readonly unsupported?: { readonly type?: string }
  readonly template?: { readonly name?: string }
}

/** The part of a message that an edit replaces. */
export type WireMessageBody = Omit<WireMessage, 'id' | 'timestamp'>

export type WireEcho = WireMessage & {
  readonly to?: string
  readonly to_user_id?: string
  readonly to_parent_user_id?: string
}

export type WireStatus = {
  readonly id: string
  readonly status: string
  readonly timestamp: string
  readonly recipient_id?: string
  readonly recipient_user_id?: string
  readonly recipient_type?: string
  readonly pricing?: {
    readonly billable?: boolean
    readonly pricing_model?: string
    readonly type?: string
    readonly category?: string
  }
  readonly errors?: readonly WireError[]
  readonly biz_opaque_callback_data?: string
}

export type WireCall = {
  readonly id: string
  readonly event?: string
  readonly direction?: string
  readonly from?: string
  readonly from_user_id?: string
  readonly timestamp?: string
}

export type WireMetadata = {
  readonly display_phone_number?: string
  readonly phone_number_id?: string
}

/** `value` of the field `messages` and its relatives. */
export type WireValue = {
  readonly messaging_product?: string
  readonly metadata?: WireMetadata
  readonly contacts?: readonly WireContact[]
  readonly messages?: readonly WireMessage[]
  readonly statuses?: readonly WireStatus[]
  readonly errors?: readonly WireError[]
  readonly calls?: readonly WireCall[]
  readonly message_echoes?: readonly WireEcho[]
}

/** `value` of the fields about a WhatsApp Business account (WABA). */
export type WireWabaValue = {
  readonly event?: string
  readonly message_template_name?: string
  readonly message_template_language?: string
  readonly message_template_category?: string
  readonly new_category?: string
  readonly new_quality_score?: string
  readonly reason?: string
  readonly current_limit?: string
  readonly decision?: string
  readonly alert_type?: string
  readonly alert_info?: { readonly alert_type?: string }
  readonly ban_info?: { readonly waba_ban_state?: string | readonly string[] }
  readonly restriction_info?: readonly { readonly restriction_type?: string }[]
}

export type WireChange = {
  readonly field: string
  readonly value: WireValue
}

export type WireEntry = {
  readonly id: string
  readonly time?: number
  readonly changes: readonly WireChange[]
}

export type WireWebhook = {
  readonly object: string
  readonly entry: readonly WireEntry[]
}
