// Memory of a call: JavaScript hands over a block, and routines take from it and give back in the opposite order.
#pragma once
#include "scalar.hpp"

struct Arena {
  static char* next;
  static char* end;

  static void open(void* block, size_t bytes) {
    next = static_cast<char*>(block);
    end = next + bytes;
  }
};

// Gives back at its end what was taken since its beginning.
class Scope {
  char* const start = Arena::next;

 public:
  ~Scope() { Arena::next = start; }

  template <class T> T* take(size_t count) {
    char* const place = reinterpret_cast<char*>((reinterpret_cast<size_t>(Arena::next) + 15) & ~static_cast<size_t>(15));
    // A block too small would be a mistake of the routine's own: no memory of others is to be written instead.
    if (static_cast<size_t>(Arena::end - place) < count * sizeof(T)) __builtin_trap();
    Arena::next = place + count * sizeof(T);
    return reinterpret_cast<T*>(place);
  }
};

template <class T> inline void zero(T* x, size_t count) { __builtin_memset(x, 0, count * sizeof(T)); }
template <class T> inline void copy(size_t count, const T* from, T* to) { __builtin_memcpy(to, from, count * sizeof(T)); }
