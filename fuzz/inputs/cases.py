"""PyTorch's own test inputs, spelt in several ways, with what PyTorch makes of each: one line of JSON a call.

Takes the names that the library has as JSON on its input, and the seed and the number of samples of each op and dtype as arguments.
Needs the packages that PyTorch's tests need: expecttest and hypothesis.
"""
import copy
import inspect
import json
import random
import sys
import warnings

import torch
from torch.testing._internal.common_methods_invocations import op_db

warnings.filterwarnings('ignore')
SEED, SAMPLES = int(sys.argv[1]), int(sys.argv[2])
NAMES = json.load(sys.stdin)
DTYPES = [torch.float32, torch.int64, torch.bool, torch.complex64, torch.float16]
LARGEST = 2500
OWNERS = {'torch': torch, 'functional': torch.nn.functional}


class NotSaid(Exception):
    """An argument or a result that has no counterpart."""


def encode(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return {'bool': value}
    if isinstance(value, int):
        return {'int': str(value)}
    if isinstance(value, float):
        return {'float': repr(value)}
    if isinstance(value, complex):
        return {'complex': [repr(value.real), repr(value.imag)]}
    if isinstance(value, str):
        return {'str': value}
    if isinstance(value, torch.device):
        return {'str': str(value)}
    if isinstance(value, torch.dtype):
        return {'dtype': str(value).removeprefix('torch.')}
    if isinstance(value, (tuple, list)):
        return {'list': [encode(each) for each in value]}
    if value in (torch.contiguous_format, torch.preserve_format):
        return {'named': str(value).removeprefix('torch.')}
    if isinstance(value, torch.Tensor) and value.layout == torch.strided and value.numel() <= LARGEST:
        x = value.detach().resolve_conj().resolve_neg()
        if x.is_complex():
            data = [repr(each) for each in torch.view_as_real(x.to(torch.complex128)).reshape(-1).tolist()]
        elif x.is_floating_point():
            data = [repr(each) for each in x.double().reshape(-1).tolist()]
        else:
            data = [str(int(each)) for each in x.reshape(-1).tolist()]
        return {'tensor': str(x.dtype).removeprefix('torch.'), 'shape': list(x.shape), 'data': data}
    raise NotSaid(type(value).__name__)


def outcome(call):
    torch.manual_seed(7)
    try:
        result = call()
    except Exception as error:
        return {'error': type(error).__name__, 'message': str(error).split('\n')[0][:300]}
    return {'result': encode(result)}


def takes(call):
    try:
        call()
        return True
    except Exception:
        return False


def fresh(values):
    return copy.deepcopy([value.detach() if isinstance(value, torch.Tensor) else value for value in values])


def write(space, name, spelling, call, args, named):
    """One call, its arguments untouched by what other spellings do with theirs."""
    try:
        said = {'args': [encode(each) for each in args], 'named': {key: encode(each) for key, each in named.items()}}
        own, keys = fresh(args), dict(zip(named, fresh(named.values())))
        print(json.dumps({'space': space, 'name': name, 'spelling': spelling, **said, **outcome(lambda: call(*own, **keys))}))
    except NotSaid:
        pass


def positional_names(name, function):
    """How the parameters are called, by each overload."""
    found = []
    try:
        found.append([each.name for each in inspect.signature(function).parameters.values() if each.kind == each.POSITIONAL_OR_KEYWORD])
    except (TypeError, ValueError):
        pass
    for schema in torch._C._jit_get_schemas_for_operator('aten::' + name):
        found.append(['input' if each.name == 'self' else each.name for each in schema.arguments if not each.kwarg_only])
    return found


def by_name(space, name, call, args, named, names, least):
    """All after the first few by name, where PyTorch takes it so."""
    taken = 0
    for each in names:
        if len(each) < len(args) or taken >= 2:
            continue
        for count in range(least, len(args)):
            keys = {**dict(zip(each[count:], args[count:])), **named}
            if len(keys) != len(args) - count + len(named):
                continue
            if not takes(lambda: call(*fresh(args[:count]), **dict(zip(keys, fresh(keys.values()))))):
                continue
            write(space, name, f'{count} by position', call, args[:count], keys)
            taken += 1


def replay(op, sample):
    space, name = ('functional', op.name[len('nn.functional.'):]) if op.name.startswith('nn.functional.') else ('torch', op.name)
    args, named = [sample.input, *sample.args], sample.kwargs
    function = getattr(OWNERS[space], name, None)
    if name in NAMES[space] and callable(function):
        write(space, name, 'by position', function, args, named)
        write(space, name, 'too many', function, [*args, 1, 'x', 3, 4, 5, 6, 7, 8], named)
        write(space, name, 'an unknown name', function, args, {**named, 'nonsense': 1})
        by_name(space, name, function, args, named, positional_names(name, function), 0)
    method = getattr(torch.Tensor, name, None)
    if isinstance(sample.input, torch.Tensor) and name in NAMES['method'] and callable(method):
        write('method', name, 'by position', method, args, named)
        by_name('method', name, method, args, named, positional_names(name, method), 1)
    in_place = getattr(torch.Tensor, name + '_', None)
    if isinstance(sample.input, torch.Tensor) and name + '_' in NAMES['method'] and callable(in_place):
        write('method', name + '_', 'by position', in_place, args, named)


def main():
    print(json.dumps({'torch': torch.__version__}))
    for op in op_db:
        for dtype in DTYPES:
            if not op.supports_dtype(dtype, 'cpu'):
                continue
            torch.manual_seed(SEED)
            random.seed(SEED)
            try:
                samples = list(op.sample_inputs('cpu', dtype))
            except Exception:
                # Some need what the machine lacks.
                continue
            for sample in random.sample(samples, min(SAMPLES, len(samples))):
                replay(op, sample)


main()
