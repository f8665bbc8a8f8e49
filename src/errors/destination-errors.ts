import { entry } from './catalogue-entry.ts';

/** What keeps a drafted file from arriving, and what is wrong with a host. */
export const DESTINATION_ERRORS = {
  destination_missing: entry(
    3,
    'The destination folder is not there.',
    'Create it or mend destination.path.',
  ),
  destination_denied: entry(
    3,
    'The destination does not allow the file to be written.',
    'Give the account the right to write and rename in that folder.',
  ),
  destination_full: entry(
    3,
    'The destination has no space left.',
    'Free space at the destination and run again; no partial file was left.',
    true,
  ),
  delivery_incomplete: entry(
    3,
    'The destination holds other bytes than were sent.',
    'Look at the destination; the temporary file was removed.',
    true,
  ),
  delivery_failed: entry(
    3,
    'The destination refused a step of the delivery.',
    'Look at the sentence for the step and the answer of the server.',
    true,
  ),

  host_unreachable: entry(6, 'The host cannot be reached.', 'Check host, port and firewall.', true),
  connection_lost: entry(
    6,
    'The connection to the host broke.',
    'Run again; nothing half-written has its final name.',
    true,
  ),
  login_refused: entry(
    6,
    'The host refuses the login.',
    'Check user name and password or key. It was tried once, so as not to lock the account.',
  ),
  host_key_changed: entry(
    6,
    'The host shows another key than the one that is pinned.',
    'Ask the owner of the host, by another way, whether the key was changed; then pin the new one with rosterferry trust. No credential was sent.',
  ),
  protocol_mismatch: entry(
    6,
    'The host and Rosterferry have no common way to speak.',
    'Ask for an OpenSSH-compatible server with current algorithms.',
  ),
} as const;
