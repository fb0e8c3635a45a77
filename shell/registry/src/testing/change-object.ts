import { jetstream } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';

/** Some bytes with one bit in their middle turned over. */
export const flipped = (bytes: Uint8Array): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1]! ^= 1;
  return copy;
};

/** Turns a bit of what an object store keeps under the name of a build. */
export const changeObject = async (servers: readonly string[], bucket: string, artifact: string): Promise<void> => {
  const nc = await connect({ servers: [...servers] });
  try {
    const store = await new Objm(jetstream(nc)).open(bucket);
    await store.putBlob({ name: artifact }, flipped((await store.getBlob(artifact))!));
  } finally {
    await nc.close();
  }
};
