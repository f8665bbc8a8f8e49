/** What the host is asked, because it alone knows what a value means. It answers by what it writes into the memory, too. */

/** Writes the cell behind `to`, and answers where it ends; NO_CELL where there is none. May make the cell known for later rows. */
export declare function cell(index: i32, to: usize): usize;

/** What becomes of the row: what is remembered of it is the answer alone, which is never UNKNOWN. */
export declare function decide(): i32;

/** Where the opening of the row's text lies; REFUSED where it has none. */
export declare function opening(isActive: bool): i32;
