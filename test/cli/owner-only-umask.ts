let atWork = 0;
let before = 0;

/** With the umask that main.ts sets, which belongs to the whole process; several may be at work at once. */
export async function underOwnerOnlyUmask<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  if (atWork === 0) before = process.umask(0o077);
  atWork += 1;
  try {
    return await work();
  } finally {
    atWork -= 1;
    if (atWork === 0) process.umask(before);
  }
}
