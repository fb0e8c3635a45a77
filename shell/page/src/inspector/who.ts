import type { Frontend } from '../page-data.ts';

/** Who owns what, and who hears what, of the versions that this page is made of. */
export interface Who {
  /** Team that owns a micro frontend; empty when nobody said. */
  ownerOf(name: string): string;
  /** The micro frontends that listen to a type, or handle it; the shell is one. */
  receiversOf(type: string): readonly string[];
}

/** From what the gateway told this page. */
export const whoIn = (frontends: readonly Frontend[]): Who => ({
  ownerOf: (wanted) => frontends.find(({ name }) => name === wanted)?.owner ?? '',
  receiversOf: (type) => [
    ...(type === 'shell:navigate' ? ['shell'] : []),
    ...frontends.filter(({ handles, listens }) => type in handles || listens?.includes(type)).map(({ name }) => name),
  ],
});
