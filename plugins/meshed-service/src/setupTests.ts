import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine is no failure.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(120_000);

// jsdom lays nothing out, so there is nothing to scroll.
window.scrollTo = () => {};
