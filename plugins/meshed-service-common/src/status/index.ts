export * from './MeshStatus';
