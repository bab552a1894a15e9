import * as torch from 'flambeau/torch';

torch.manual_seed(0);

let x = torch.tensor(1, { requires_grad: true });
let w = torch.tensor(2, { requires_grad: true });
let b = torch.tensor(3, { requires_grad: true });

let y = w.mul(x).add(b); // y = 2*1+3

y.backward();

// dy / dw = x
console.log(w.grad);
console.log(x.grad);
console.log(b.grad);

x = torch.tensor(3, { dtype: torch.float });
w = torch.tensor(4, { requires_grad: true });
b = torch.tensor(5, { requires_grad: true });
y = w.mul(x).add(b);
console.log(y);
y.backward();
console.log('dy/dx:', x.grad);
console.log('dy/dw:', w.grad);
console.log('dy/db:', b.grad);

x = torch.tensor([2], { requires_grad: true });
w = torch.tensor([1], { requires_grad: true });

let a = torch.add(w, x);
b = torch.add(w, 1);

y = torch.mul(a, b);

y.backward();
console.log(w.grad);

x = torch.ones(2, 2, { requires_grad: true });
console.log('x:', x);

y = x.add(2);
console.log('y:', y);
console.log('y.grad_fn:', y.grad_fn);

const z = y.mul(y).mul(3);
console.log('z:', z);
console.log('z.grad_fn', z.grad_fn);

const out = z.mean();
console.log('out:', out);
console.log('out.grad_fn:', out.grad_fn);
out.backward();
console.log('x.grad:', x.grad);

a = torch.randn(2, 2);
a = a.mul(3).div(a.sub(1));
console.log('a.requires_grad', a.requires_grad);
a.requires_grad_(true);
console.log('a.requires_grad:', a.requires_grad);
b = a.mul(a).sum();
console.log('b.grad_fn', b.grad_fn);

x = torch.randn(3, { requires_grad: true });
y = x.mul(2);
while (Number(y.data.norm().item()) < 1000) {
  y = y.mul(2);
}
const v = torch.tensor([0.1, 1.0, 0.0001], { dtype: torch.float });
y.backward(v);
console.log(x.grad);

console.log(x.requires_grad);
console.log(x.pow(2).requires_grad);

torch.no_grad(() => {
  console.log(x.pow(2).requires_grad);
});

console.log(x.requires_grad);
y = x.detach();
console.log(y.requires_grad);
console.log(x.eq(y).all());
