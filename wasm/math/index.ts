/** The elementary functions: one scalar and one SIMD form for each width, `<name>_f32`, `_f64`, `_f32x4`, `_f64x2`. */
export * from './exponential';
export * from './logarithm';
export * from './trigonometric';
export * from './inverse-trigonometric';
export * from './hyperbolic';
export * from './error';
export * from './gamma';
export * from './power';
export * from './rounding';
export * from './division';
export * from './minmax';
