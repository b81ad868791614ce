export * from './MeshedServicePublishing';
