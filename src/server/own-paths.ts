/** Addresses that the server has beside the one where run tasks are posted. */
export const ownPages = ['/healthz', '/healthcheck', '/readyz', '/metrics'] as const;

export type OwnPage = (typeof ownPages)[number];

export const isOwnPage = (path: string): path is OwnPage => ownPages.some((page) => page === path);

/** Where reports are. */
export const reportsPath = '/reports/';
