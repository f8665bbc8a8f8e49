/** What a host says about a folder; everything may be missing. */
export interface FolderRights {
  /** The permission bits. */
  mode: number | undefined;
  /** The name of its owner, as the host's listing has it. */
  owner: string | undefined;
  /** Whether the host calls the file system read-only; undefined where it does not say. */
  isReadOnly: boolean | undefined;
}

/** Whether an account may create, rename and remove files in a folder. `why` is a part of a sentence. */
export interface MayWrite {
  verdict: 'yes' | 'no' | 'unknown';
  why: string;
}

const WRITE_AND_ENTER = 0o3;
const ROOT = 'root';

/**
 * The protocol has no question for this, and trying would write. So it is told only where the modes leave no doubt:
 * which groups the account is in, and what lists of rights the host keeps beside the modes, is not known here.
 */
export function mayWrite({ mode, owner, isReadOnly }: FolderRights, username: string): MayWrite {
  if (isReadOnly) return { verdict: 'no', why: 'its file system is read-only' };
  if (mode === undefined) return { verdict: 'unknown', why: 'the host tells no modes' };
  const written = `mode 0${mode.toString(8).padStart(3, '0')}`;
  const [ofOwner, ofGroup, ofOthers] = [6, 3, 0].map(
    (shift) => ((mode >> shift) & WRITE_AND_ENTER) === WRITE_AND_ENTER,
  );
  const isOurs = isSameName(owner, username);
  if (ofOwner && (isOurs || (ofGroup && ofOthers)))
    return { verdict: 'yes', why: isOurs ? `${written}, its owner is ${username}` : written };
  // Modes do not bind the administrator.
  if (username !== ROOT && !ofOwner && isOurs)
    return { verdict: 'no', why: `${written}, its owner is ${username}` };
  if (username !== ROOT && !ofOwner && !ofGroup && !ofOthers) return { verdict: 'no', why: written };
  return { verdict: 'unknown', why: owner === undefined ? written : `${written}, its owner is ${owner}` };
}

/** Listings cut long names. */
const SHORTEST_CUT = 8;

function isSameName(owner: string | undefined, username: string): boolean {
  if (owner === undefined) return false;
  return owner === username || (owner.length === SHORTEST_CUT && username.startsWith(owner));
}
