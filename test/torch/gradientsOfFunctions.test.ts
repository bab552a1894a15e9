import { describe } from 'vitest';
import { areas } from './areasOfFunctions.ts';
import { testGradients } from './gradients.ts';

describe.each(Object.entries(areas))('%s', (_, area) => testGradients(area));
