/** NumPy's library of what is used more seldom: numpy.lib. */
export * as stride_tricks from './strideTricks.ts';
