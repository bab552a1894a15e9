"""Runs programs, one JSON object a line, on NumPy, and prints for each what its statements gave."""

import base64
import json
import operator
import sys
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')

OPERATORS = {
    'add': operator.add, 'sub': operator.sub, 'mul': operator.mul, 'div': operator.truediv, 'floor_divide': operator.floordiv,
    'mod': operator.mod, 'pow': operator.pow, 'matmul': operator.matmul, 'bitwise_and': operator.and_, 'bitwise_or': operator.or_,
    'bitwise_xor': operator.xor, 'left_shift': operator.lshift, 'right_shift': operator.rshift, 'lt': operator.lt,
    'le': operator.le, 'gt': operator.gt, 'ge': operator.ge, 'eq': operator.eq, 'ne': operator.ne, 'neg': operator.neg,
    'positive': operator.pos, 'invert': operator.invert, 'abs': operator.abs,
}
UPDATES = {
    'add': operator.iadd, 'sub': operator.isub, 'mul': operator.imul, 'div': operator.itruediv, 'floor_divide': operator.ifloordiv,
    'mod': operator.imod, 'pow': operator.ipow, 'bitwise_and': operator.iand, 'bitwise_or': operator.ior,
    'bitwise_xor': operator.ixor, 'left_shift': operator.ilshift, 'right_shift': operator.irshift,
}
PUBLIC = {
    'ValueError', 'IndexError', 'KeyError', 'AttributeError', 'RuntimeError', 'NotImplementedError', 'ZeroDivisionError',
    'OverflowError', 'MemoryError', 'TypeError', 'UFuncTypeError', 'AxisError', 'LinAlgError', 'FloatingPointError', 'DTypePromotionError',
}


def snapshot(x):
    strides = [stride if extent > 1 else 0 for stride, extent in zip(x.strides, x.shape)]
    return {'dtype': x.dtype.name, 'shape': list(x.shape), 'bytes': base64.b64encode(x.tobytes()).decode(), 'strides': strides}


def restored(each):
    return np.frombuffer(base64.b64decode(each['bytes']), each['dtype']).reshape(each['shape'])


def error_name(error):
    """The first public class among those that the error is of."""
    return next((each.__name__ for each in type(error).__mro__ if each.__name__ in PUBLIC), type(error).__name__)


def function(name):
    return operator.attrgetter(name)(np)


class Run:
    def __init__(self):
        self.arrays = {}

    def value(self, each):
        kind, value = next(iter(each.items()))
        if kind == 'variable':
            return self.arrays[value]
        if kind == 'integer':
            return int(value)
        if kind == 'real':
            return float(value)
        if kind == 'complex':
            return complex(float(value[0]), float(value[1]))
        if kind == 'none':
            return None
        if kind == 'list':
            return [self.value(item) for item in value]
        if kind == 'tuple':
            return tuple(self.value(item) for item in value)
        if kind == 'slice':
            return slice(*(None if item is None else int(item) for item in value))
        if kind == 'ellipsis':
            return ...
        return value

    def evaluate(self, action):
        kind = action['kind']
        if kind in ('call', 'method'):
            args = [self.value(each) for each in action['args']]
            named = {name: self.value(each) for name, each in action['named'].items()}
            if kind == 'call':
                result = function(action['name'])(*args, **named)
                if action['name'] == 'broadcast_arrays':
                    # NumPy only warns that they are about to be read-only.
                    for each in result:
                        each.flags.writeable = each.flags.writeable and (
                            each.size < 2 or all(s or e < 2 for s, e in zip(each.strides, each.shape)))
                return result
            x = self.arrays[action['on']]
            # Flambeau has every ufunc as a method too.
            if not hasattr(x, action['name']):
                return getattr(np, action['name'])(x, *args, **named)
            return getattr(x, action['name'])(*args, **named)
        if kind == 'random':
            args = [self.value(each) for each in action['args']]
            named = {name: self.value(each) for name, each in action['named'].items()}
            return getattr(getattr(np.random, action['maker'])(action['seed']), action['name'])(*args, **named)
        x = self.arrays[action['on']]
        if kind == 'attribute':
            return getattr(x, action['name'])
        if kind == 'read':
            index = tuple(self.value(each) for each in action['index'])
            result = x[index]
            # Flambeau's one element is a view without dimensions, as NumPy's is with an ellipsis.
            return x[(*index, ...)] if isinstance(result, np.generic) else result
        if kind == 'write':
            x[tuple(self.value(each) for each in action['index'])] = self.value(action['value'])
            return None
        if kind == 'operator':
            operands = [] if action['value'] is None else [self.value(action['value'])]
            return OPERATORS[action['name']](x, *operands)
        return UPDATES[action['name']](x, self.value(action['value']))

    def named_results(self, target, result):
        if result is None:
            return {}
        several = isinstance(result, (list, tuple)) and (not result or any(isinstance(each, np.ndarray) for each in result) or all(
            isinstance(each, np.generic) for each in result))
        if several:
            return {f'{target}_{i}': np.asarray(each) for i, each in enumerate(result)}
        return {target: np.asarray(result)}

    def magnitude(self, each):
        """The same expression with the moduli of its arrays, in float64: what errors of sums of products are in proportion to."""
        kind, value = next(iter(each.items()))
        if kind == 'variable':
            x = self.arrays[value]
            if x.dtype == bool:
                return x.astype(float)
            return np.nan_to_num(np.abs(x.astype(complex if x.dtype.kind == 'c' else float)), nan=0, posinf=0, neginf=0)
        if kind in ('integer', 'real', 'complex'):
            return float(np.nan_to_num(abs(self.value(each)), nan=0, posinf=0, neginf=0))
        if kind == 'list':
            return [self.magnitude(item) for item in value]
        return self.value(each)

    def scale(self, action, kind):
        """The magnitude that errors of a statement are measured against."""
        operands = action.get('args', [])
        if kind == 'call':
            kept = {'axis', 'keepdims', 'axes', 'offset', 'axis1', 'axis2', 'mode'}
            given = action.get('named', {})
            named = {name: self.value(each) for name, each in given.items() if name in kept}
            if 'initial' in given:
                named['initial'] = self.magnitude(given['initial'])
            if 'where' in given:
                named['where'] = self.value(given['where'])
            first = [np.abs(self.magnitude({'variable': action['on']}))] if 'on' in action else []
            if action['name'] == 'matmul' and 'value' in action:
                operands = [action['value']]
            indices = action['name'].endswith('reduceat')
            args = first + [self.magnitude(each) if ('variable' in each or 'list' in each) and not (indices and i > 0) else self.value(each)
                            for i, each in enumerate(operands)]
            return np.asarray(function(action['name'])(*args, **named), float)
        names = [each['variable'] for each in [*operands, *action.get('named', {}).values()] if 'variable' in each]
        names += [action['on']] if 'on' in action else []
        lists = [np.ravel(self.magnitude(each)) for each in operands if 'list' in each]
        peak = max([0.0] + [float(np.max(each, initial=0)) for each in lists + [self.magnitude({'variable': name}) for name in names]])
        return np.asarray(peak ** 2 if kind == 'peakSquared' else peak)

    def statement(self, statement):
        target, action = statement['target'], statement['action']
        scale = None
        if statement.get('scale'):
            try:
                scale = snapshot(self.scale(action, statement['scale']))
            except Exception as error:  # The call itself says what is wrong.
                scale = {'error': repr(error)}
        before = [(x, x.copy()) for x in self.arrays.values()]
        try:
            made = self.named_results(target, self.evaluate(action))
        except Exception as error:
            # What was written before the error was met is NumPy's own affair.
            for x, kept in before:
                if x.flags.writeable:
                    x[...] = kept
            return {'error': error_name(error), 'message': str(error)[:300]}
        answer = {'results': {name: snapshot(each) for name, each in made.items()}, 'scale': scale}
        self.arrays.update(made)
        return answer

    def synchronize(self, theirs):
        """Both sides go on from the same elements where rounding may differ; False where they differ in more."""
        for name, each in theirs.items():
            x = self.arrays.get(name)
            if x is None or x.dtype.name != each['dtype'] or list(x.shape) != each['shape']:
                return False
            if not x.flags.writeable:
                x = self.arrays[name] = x.copy()
            x[...] = restored(each)
        return True


def run(program):
    state = Run()
    for each in program['inputs']:
        x = restored(each).copy()
        state.arrays[each['name']] = np.asfortranarray(x) if each['fortran'] else x
    answers = []
    for statement in program['statements']:
        answer = state.statement(statement)
        answers.append(answer)
        theirs = statement.get('outcome') or {}
        if ('error' in answer) != ('error' in theirs):
            break
        if 'error' not in answer and statement.get('synchronize') and not state.synchronize(theirs['results']):
            break
    return {'statements': answers, 'arrays': {name: snapshot(each) for name, each in state.arrays.items()}}


print(json.dumps({'numpy': np.__version__}), flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
