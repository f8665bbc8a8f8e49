/**
 * A few thousand keys of any number, the same ones whoever draws: keys that two samples could share, they do
 * share.
 */
export interface BottomSample {
  add(key: string, id: string): void;
  /** Keys and what was added for them, of those whose draw is below `limit`. */
  below(limit: number): Map<string, ReadonlySet<string>>;
  /** Every key that was added and drew less than this is in the sample. */
  limit(): number;
}

interface Drawn {
  key: string;
  draw: number;
  ids: Set<string>;
}

const MOST_IDS_OF_A_KEY = 8;

/** Keeps the keys with the lowest hash; memory depends on `size` alone. */
export function openBottomSample(size: number): BottomSample {
  let kept = new Map<string, Drawn>();
  let limit = Number.POSITIVE_INFINITY;
  const shrink = () => {
    const byDraw = [...kept.values()].sort((one, other) => one.draw - other.draw);
    limit = byDraw[size]?.draw ?? limit;
    kept = new Map(byDraw.filter(({ draw }) => draw < limit).map((one) => [one.key, one]));
  };
  return {
    add(key, id) {
      const draw = drawOf(key);
      if (draw >= limit) return;
      const known = kept.get(key);
      if (!known) kept.set(key, { key, draw, ids: new Set([id]) });
      else if (known.ids.size < MOST_IDS_OF_A_KEY) known.ids.add(id);
      if (kept.size > 2 * size) shrink();
    },
    below(wanted) {
      if (kept.size > size) shrink();
      return new Map(
        [...kept.values()].filter(({ draw }) => draw < wanted).map(({ key, ids }) => [key, ids]),
      );
    },
    limit() {
      if (kept.size > size) shrink();
      return limit;
    },
  };
}

/** FNV-1a with a last stir: only to draw lots, so that nothing depends on the order of rows. */
function drawOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
