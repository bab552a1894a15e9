import * as torch from 'flambeau/torch';

torch.manual_seed(0);

let x = torch.empty(5, 3);
console.log(x);

x = torch.rand(5, 3);
console.log(x);

x = torch.zeros(5, 3, { dtype: torch.long });
console.log(x);

x = torch.zeros(5, 3).long();
console.log(x.dtype);

x = torch.tensor([5.5, 3]);
console.log(x);

x = x.new_ones(5, 3, { dtype: torch.double });
console.log(x);

x = torch.randn_like(x, { dtype: torch.float });
console.log(x);

console.log(x.shape);

let y = torch.rand(5, 3);
console.log(y);

console.log(x.add(y));

console.log(torch.add(x, y));

const result = torch.empty(5, 3);
torch.add(x, y, { out: result });
// result = x + y
console.log(result);

y.add_(x);
console.log(y);

console.log(x.at('1:, 1:'));

x = torch.randn(4, 4);
y = x.view(16);
const z = x.view(-1, 8);
console.log(z);

x = torch.randn(1);
console.log(x);

console.log(x.item());

console.log(z.transpose(1, 0));
