import { NotImplementedError } from '../core/errors.ts';
import { refused } from './dtypes/dtype.ts';
import type { Refused } from './dtypes/dtype.ts';

/**
 * What NumPy has and the package does not mean to have: arrays of other things than booleans and numbers, and what is tied to Python.
 * Each name says so when it is used.
 * @example
 * const absent = [
 *   np.object_, np.str_, np.bytes_, np.flexible, np.character, np.char, np.strings, np.void, np.rec, np.recarray,
 *   np.record, np.datetime64, np.timedelta64, np.datetime_as_string, np.datetime_data, np.isnat, np.busday_count,
 *   np.busday_offset, np.busdaycalendar, np.is_busday, np.longdouble, np.clongdouble, np.float128, np.complex256,
 *   np.matrix, np.asmatrix, np.bmat, np.ma, np.memmap, np.ctypeslib, np.f2py, np.get_include, np.info
 * ];
 * absent.length // → 33
 * np.str_('a') // → NotImplementedError: np.str_: there are no arrays of texts here: keep texts in lists of JavaScript
 * np.ma.masked_array // → NotImplementedError: np.ma.masked_array: there are no masked arrays here: keep a boolean array beside the values
 */

const texts = 'there are no arrays of texts here: keep texts in lists of JavaScript';
const objects = 'there are no arrays of objects here: keep objects in lists of JavaScript';
const records = 'there are no arrays with named fields here: keep an array for each field, in an object';
const times = 'there are no arrays of times here: keep milliseconds as numbers, as Date.getTime() gives them';
const long = 'there are no numbers of more than 64 bits here: use float64, or complex128';
const matrices = 'there are no matrices here, only arrays: products are np.matmul(x, y), powers np.linalg.matrix_power';
const python = 'it works on C and Python, which there are none of here';

const name = (of: string, why: string): Refused => refused(`np.${of}: ${why}`);

/** What tools and the language ask of an object, whatever it is. */
const asked: ReadonlySet<string> = new Set([
  'then', 'toJSON', 'constructor', 'name', 'prototype', 'nodeType', '$$typeof', 'asymmetricMatch',
]);

/** A namespace that is not there. */
class Absent {
  readonly [name: string]: Refused;
}

/** One of which every name says why it is not there. */
function namespace(of: string, why: string): Absent {
  return new Proxy(new Absent(), {
    get(_, key) {
      if (typeof key !== 'string' || asked.has(key)) return undefined;
      throw new NotImplementedError(`np.${of}.${key}: ${why}`);
    },
  });
}

/** Not here: arrays of Python objects. Source: numpy.object_. */
export const object_ = name('object_', objects);
/** Not here: arrays of texts. Source: numpy.str_. */
export const str_ = name('str_', texts);
/** Not here: arrays of texts of bytes. Source: numpy.bytes_. */
export const bytes_ = name('bytes_', texts);
/** Not here: what texts and records have in common. Source: numpy.flexible. */
export const flexible = name('flexible', texts);
/** Not here: what both kinds of texts have in common. Source: numpy.character. */
export const character = name('character', texts);
/** Not here: functions of arrays of texts. Source: numpy.char. */
export const char = namespace('char', texts);
/** Not here: functions of arrays of texts. Source: numpy.strings. */
export const strings = namespace('strings', texts);

/** Not here: elements with named fields. Source: numpy.void. */
export const void_ = name('void', records);
/** Not here: arrays with named fields. Source: numpy.rec. */
export const rec = namespace('rec', records);
/** Not here: arrays with named fields. Source: numpy.recarray. */
export const recarray = name('recarray', records);
/** Not here: an element with named fields. Source: numpy.record. */
export const record = name('record', records);

/** Not here: arrays of dates. Source: numpy.datetime64. */
export const datetime64 = name('datetime64', times);
/** Not here: arrays of lengths of time. Source: numpy.timedelta64. */
export const timedelta64 = name('timedelta64', times);
/** Not here: texts of dates. Source: numpy.datetime_as_string. */
export const datetime_as_string = name('datetime_as_string', times);
/** Not here: the unit of a dtype of dates. Source: numpy.datetime_data. */
export const datetime_data = name('datetime_data', times);
/** Not here: whether a date is none. Source: numpy.isnat. */
export const isnat = name('isnat', times);
/** Not here: counting working days. Source: numpy.busday_count. */
export const busday_count = name('busday_count', times);
/** Not here: going on by working days. Source: numpy.busday_offset. */
export const busday_offset = name('busday_offset', times);
/** Not here: which days are working days. Source: numpy.busdaycalendar. */
export const busdaycalendar = name('busdaycalendar', times);
/** Not here: whether a date is a working day. Source: numpy.is_busday. */
export const is_busday = name('is_busday', times);

/** Not here: floats of more than 64 bits. Source: numpy.longdouble. */
export const longdouble = name('longdouble', long);
/** Not here: pairs of floats of more than 64 bits. Source: numpy.clongdouble. */
export const clongdouble = name('clongdouble', long);
/** Not here: floats of more than 64 bits. Source: numpy.float128. */
export const float128 = name('float128', long);
/** Not here: pairs of floats of more than 64 bits. Source: numpy.complex256. */
export const complex256 = name('complex256', long);

/** Not here: arrays that are always of two axes. Source: numpy.matrix. */
export const matrix = name('matrix', matrices);
/** Not here: an array as a matrix. Source: numpy.asmatrix. */
export const asmatrix = name('asmatrix', matrices);
/** Not here: a matrix of blocks. Source: numpy.bmat. */
export const bmat = name('bmat', 'there are no matrices here, only arrays: put blocks together by np.concatenate and np.stack');

/** Not here: arrays with some of their elements masked. Source: numpy.ma. */
export const ma = namespace('ma', 'there are no masked arrays here: keep a boolean array beside the values');
/** Not here: arrays in files that are mapped into memory. Source: numpy.memmap. */
export const memmap = name('memmap', 'files cannot be mapped into memory here: read a part by np.fromfile with offset and count');
/** Not here: arrays for programs in C. Source: numpy.ctypeslib. */
export const ctypeslib = namespace('ctypeslib', python);
/** Not here: programs in Fortran. Source: numpy.f2py. */
export const f2py = namespace('f2py', python);
/** Not here: where the headers for programs in C are. Source: numpy.get_include. */
export const get_include = name('get_include', python);
/** Not here: the documentation of a name as a text. Source: numpy.info. */
export const info = name('info', 'what a name is for is said in the reference of the package, docs/reference, and by editors');
