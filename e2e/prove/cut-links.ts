import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A network between clients and a server whose links can be cut. */
export interface CuttableLinks {
  readonly port: number;
  /** Links over which the server has said something. */
  readonly open: number;
  /** Cuts one, without a farewell. @param choice 0 ≤ choice < 1 chooses which */
  cut(choice: number): void;
  close(): Promise<void>;
}

/** @param to port on this machine that the links lead to */
export const openLinks = async (to: number): Promise<CuttableLinks> => {
  const links = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(to, 'localhost');
    const link = [near, far] as const;
    links.add(link);
    const end = () => {
      links.delete(link);
      for (const socket of link) socket.destroy();
    };
    for (const socket of link) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  const alive = () => [...links].filter(([, far]) => far.bytesRead > 0);

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    get open() {
      return alive().length;
    },
    cut(choice) {
      const links = alive();
      links[Math.floor(choice * links.length)]?.[0].resetAndDestroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const [near] of links) near.destroy();
      }),
  };
};
