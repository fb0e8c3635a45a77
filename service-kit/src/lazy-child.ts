import type { FastifyBaseLogger } from 'fastify';

type Make = FastifyBaseLogger['child'];
type Bindings = Parameters<Make>[0];
type ChildOptions = Parameters<Make>[1];

interface LazyChild {
  parent: FastifyBaseLogger;
  bindings: Bindings;
  options: ChildOptions;
  made?: FastifyBaseLogger;
}

const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child', 'silent'] as const;

const PROTOTYPE = Object.fromEntries(
  METHODS.map((name) => [
    name,
    function (this: LazyChild, ...values: unknown[]) {
      this.made ??= this.parent.child(this.bindings, this.options);
      return (this.made[name] as (...values: unknown[]) => unknown)(...values);
    },
  ]),
);

/** A child logger that is made when it first has something to say: most requests say nothing, and making one takes long. */
export function lazyChild(parent: FastifyBaseLogger, bindings: Bindings, options: ChildOptions): FastifyBaseLogger {
  const child: LazyChild = Object.create(PROTOTYPE);
  child.parent = parent;
  child.bindings = bindings;
  child.options = options;
  return child as unknown as FastifyBaseLogger;
}
