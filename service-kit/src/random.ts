import { randomFillSync } from 'node:crypto';

/** Asked of the system at once; each asking costs as much as many ids. */
const POOL_BYTES = 4096;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Random bytes of the system's own generator, each handed out once.
 * @param size at most 4096
 * @returns a view that is overwritten later: read it before anything else runs
 */
export function randomBytes(size: number): Buffer {
  if (used + size > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += size;
  return pool.subarray(used - size, used);
}
