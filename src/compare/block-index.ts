/** Who shares a key with whom, in little space: chains in one array instead of a list a key. */
export interface BlockIndex {
  add(key: string, member: number): void;
  /** How many members the key has. */
  size(key: string): number;
  /** Calls `visit` with each member of the key. */
  visit(key: string, visit: (member: number) => void): void;
}

const FIRST_ROOM = 1024;
const END = -1;

export function openBlockIndex(): BlockIndex {
  /** Key -> place of the last member that was added; each place points to the one before. */
  const heads = new Map<string, number>();
  const sizes: number[] = [];
  let members = new Int32Array(FIRST_ROOM);
  let before = new Int32Array(FIRST_ROOM);
  let used = 0;
  return {
    add(key, member) {
      if (used === members.length) {
        members = grown(members);
        before = grown(before);
      }
      const head = heads.get(key) ?? END;
      members[used] = member;
      before[used] = head;
      sizes[used] = (sizes[head] ?? 0) + 1;
      heads.set(key, used++);
    },
    size: (key) => sizes[heads.get(key) ?? END] ?? 0,
    visit(key, visit) {
      for (let at = heads.get(key) ?? END; at !== END; at = before[at] ?? END) visit(members[at] ?? END);
    },
  };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
