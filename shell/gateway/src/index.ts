export type { Backends } from './backends.ts';
export type { Gateway, GatewayOptions } from './gateway.ts';
export type { Fragment, FragmentRequest } from './page/fragments.ts';
export type { PushLimits } from './push/push-limits.ts';

export { createGateway } from './gateway.ts';
export { PageNotBuilt } from './page/page-build.ts';
