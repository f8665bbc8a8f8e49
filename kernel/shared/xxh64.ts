/** XXH64 with the seed 0, by its specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md */

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

const LANE: usize = 8;
const STRIPE: usize = 32;

function round(lane: u64, word: u64): u64 {
  return rotl<u64>(lane + word * P2, 31) * P1;
}

function merge(mixed: u64, lane: u64): u64 {
  return (mixed ^ round(0, lane)) * P1 + P4;
}

export function xxh64(from: usize, bytes: usize): u64 {
  const end = from + bytes;
  let at = from;
  let mixed = P5;
  if (bytes >= STRIPE) {
    let lane1 = P1 + P2;
    let lane2 = P2;
    let lane3: u64 = 0;
    let lane4: u64 = 0 - P1;
    for (; at + STRIPE <= end; at += STRIPE) {
      lane1 = round(lane1, load<u64>(at));
      lane2 = round(lane2, load<u64>(at, 8));
      lane3 = round(lane3, load<u64>(at, 16));
      lane4 = round(lane4, load<u64>(at, 24));
    }
    mixed = rotl<u64>(lane1, 1) + rotl<u64>(lane2, 7) + rotl<u64>(lane3, 12) + rotl<u64>(lane4, 18);
    mixed = merge(merge(merge(merge(mixed, lane1), lane2), lane3), lane4);
  }
  return finish(mixed + <u64>bytes, at, end);
}

/** What is left is shorter than a stripe. */
function finish(begun: u64, from: usize, end: usize): u64 {
  let mixed = begun;
  let at = from;
  for (; at + LANE <= end; at += LANE) mixed = rotl<u64>(mixed ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) {
    mixed = rotl<u64>(mixed ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at++) mixed = rotl<u64>(mixed ^ (<u64>load<u8>(at) * P5), 11) * P1;
  mixed = (mixed ^ (mixed >> 33)) * P2;
  mixed = (mixed ^ (mixed >> 29)) * P3;
  return mixed ^ (mixed >> 32);
}
