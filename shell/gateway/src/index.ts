export type { Backends } from './backends.ts';
export type { PolicyException } from './front/headers.ts';
export type { Gateway, GatewayOptions } from './gateway.ts';
export type { Fragment, FragmentRequest } from './page/fragments.ts';
export type { PushLimits } from './push/push-limits.ts';

export { remoteBackends } from './replicas/remote-backends.ts';
export type { RemoteBackends, RemoteBackendsOptions } from './replicas/remote-backends.ts';
export { createGateway } from './gateway.ts';
export { PageNotBuilt, shellParticipant } from './page/page-build.ts';
export { createErasureBackend } from './erasure/erasure-backend.ts';
export type { Erasure } from './erasure/erasure-backend.ts';
