/** What the host is asked, because it alone knows what a value means. It answers by what it writes into the memory, too. */

/** Writes the cell behind `to`, and answers where it ends, at `limit` at most; NO_CELL where there is none. May make the cell known for later rows. */
export declare function cell(index: i32, to: usize, limit: usize): usize;

/** What becomes of the row: what is remembered of it is the answer alone, which is never UNKNOWN. */
export declare function decide(): i32;

/** Where the Opening of the row lies; REFUSED where it has none. */
export declare function opening(isActive: bool): i32;

/** Writes the key of an id that does not fit whole, and answers where it ends. */
export declare function key(to: usize, id: usize, bytes: usize): usize;
