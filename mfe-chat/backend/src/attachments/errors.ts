import { maxAttachmentBytes } from '@souk/chat-api';

/** Why a file is not taken; told apart by `code`. */
export class AttachmentRefused extends Error {
  readonly code: AttachmentRefusal;
  constructor(code: AttachmentRefusal) {
    super(reasons[code]);
    this.name = 'AttachmentRefused';
    this.code = code;
  }
}

/** The causes. */
export type AttachmentRefusal = keyof typeof reasons;

const reasons = {
  'attachment-type': 'Only pictures (JPEG, PNG, WebP, GIF) and PDF documents can be sent.',
  'attachment-too-large': `A file may have up to ${maxAttachmentBytes / 1024 / 1024} MB.`,
  'attachment-broken': 'This picture cannot be read. Perhaps it is damaged.',
  'attachments-full': 'There are too many files in this conversation.',
  'attachment-unknown': 'A file of this message is not here any more. Please attach it again.',
} as const;
