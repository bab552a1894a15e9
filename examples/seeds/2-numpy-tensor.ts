import * as torch from 'flambeau/torch';
import * as np from 'flambeau/numpy';

{
  const a = torch.ones(5);
  console.log(a);

  const b = a.numpy();
  console.log(b);

  b.set([1], 2);
  console.log(b);

  console.log(a);

  a.add_(1);
  console.log(a);
  console.log(b);
}

{
  const a = np.ones(5);
  const b = torch.from_numpy(a);
  np.add(a, 1, { out: a });
  console.log(a);

  console.log(b);
}

const arr = np.array([[1, 2, 3], [4, 5, 6]]);
console.log(arr);

const t = torch.from_numpy(arr);
console.log(t);

arr.set([0, 0], 0);
console.log(arr, t);

t.set([1, 1], 100);
console.log(arr, t);
