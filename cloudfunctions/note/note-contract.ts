/** The function `note`. Types only: the mini program imports them. */
import type { Reply } from '../shared/session/contract';

export type NoteRequest = { sessionToken: string } & (
  | { action: 'read' }
  /** At most 2,000 UTF-16 code units. */
  | { action: 'save'; text: string }
);

/** The note as it is then; empty when the person has saved none. */
export type NoteReply = Reply<{ text: string }>;
