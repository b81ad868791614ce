/** Ports that the proxy listens on in every meshed pod. @public */
export const proxyPorts = {
  outbound: 4140,
  inbound: 4143,
  tap: 4190,
  admin: 4191,
} as const;

/** What a proxy gets where the platform has set nothing for it: asked for by the limits of a namespace with a quota. @public */
export const proxyResources = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { memory: '256Mi' },
} as const;

/** Arguments of the container `linkerd-init` that say what goes around the proxy; each takes a list. @public */
export const proxyInitArguments = {
  inboundPorts: '--inbound-ports-to-ignore',
  outboundPorts: '--outbound-ports-to-ignore',
  subnets: '--subnets-to-ignore',
} as const;
