/* Written words and what is known of each, for `_glance.c`.

   What a word is stands in Python, which is asked once for each; what it answers is kept. Texts are read as UTF-8. */

#include "_rows.h"

/* With more words than this the memory begins anew, and longer ones are not kept, nor those that would make looking
   up slow, as a hostile text might choose them. */
#define MOST_WORDS 40000
#define LONGEST_WORD 80
#define FURTHEST 32

typedef struct {
    int place;
    int opens;
} Begun;

/* A written word: the sets that it belongs to (NULL: none), the patterns that begin at it, each with whether a clause
   has to begin there, and whether a clause surely goes on behind it. */
typedef struct {
    uint64_t hash;
    Row row;
    Begun *begun;
    Py_ssize_t begins;
    int goes_on;
    Py_ssize_t size;
    char key[];
} Word;

typedef struct {
    PyObject *find;    /* written word -> its sets, the patterns that begin at it, whether a clause goes on */
    Py_ssize_t sets;
    Py_ssize_t width;  /* numbers in a row */
    Py_ssize_t places; /* patterns */
    Word **slots;
    size_t room; /* a power of two */
    size_t count;
    uint64_t seed;
} Memory;

typedef struct {
    Word **items;
    Py_ssize_t count;
    Py_ssize_t room;
} List;

static int append(List *list, Word *word)
{
    if (list->count == list->room) {
        Py_ssize_t room = list->room ? list->room * 2 : 64;
        Word **items = PyMem_Realloc(list->items, (size_t)room * sizeof(Word *));
        if (items == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = word;
    return 0;
}

/* The bytes of the blank that begins here, as str.split() takes it; 0 where none does. */
static inline int blank(const char *at, const char *end)
{
    unsigned char c = (unsigned char)*at;
    if (c > ' ' && c < 0x7F)
        return 0;
    if (c < 0x80)
        return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
    unsigned char d = end - at > 1 ? (unsigned char)at[1] : 0, e = end - at > 2 ? (unsigned char)at[2] : 0;
    if (c == 0xC2)
        return d == 0x85 || d == 0xA0 ? 2 : 0;
    if (c == 0xE1)
        return d == 0x9A && e == 0x80 ? 3 : 0;
    if (c == 0xE3)
        return d == 0x80 && e == 0x80 ? 3 : 0;
    if (c == 0xE2 && d == 0x80)
        return e <= 0x8A || e == 0xA8 || e == 0xA9 || e == 0xAF ? 3 : 0;
    return c == 0xE2 && d == 0x81 && e == 0x9F ? 3 : 0;
}

static void give_back(Word *word)
{
    PyMem_Free(word->row);
    PyMem_Free(word->begun);
    PyMem_Free(word);
}

/* Take out what an answer says of a word. */
static int understood(Memory *memory, Word *word, PyObject *answer)
{
    PyObject *sets, *begun;
    if (!PyTuple_Check(answer) || !PyArg_ParseTuple(answer, "OO!p", &sets, &PyTuple_Type, &begun, &word->goes_on))
        return 0;
    word->begins = PyTuple_Size(begun);
    word->begun = PyMem_Calloc((size_t)word->begins + 1, sizeof(Begun));
    if (word->begun == NULL || as_row(sets, memory->sets, &word->row) < 0)
        return 0;
    for (Py_ssize_t k = 0; k < word->begins; k++) {
        PyObject *parts = PyTuple_GetItem(begun, k);
        Begun *one = &word->begun[k];
        if (!PyTuple_Check(parts) || !PyArg_ParseTuple(parts, "ip", &one->place, &one->opens))
            return 0;
        if (one->place < 0 || one->place >= memory->places)
            return 0;
    }
    return 1;
}

/* Find out about a word by asking Python. */
static Word *asked(Memory *memory, const char *key, Py_ssize_t size, uint64_t hash)
{
    Word *word = PyMem_Calloc(1, sizeof(Word) + (size_t)size);
    if (word == NULL)
        return (Word *)PyErr_NoMemory();
    word->hash = hash;
    word->size = size;
    memcpy(word->key, key, (size_t)size);
    PyObject *written = PyUnicode_DecodeUTF8(key, size, NULL);
    PyObject *answer = written ? PyObject_CallFunctionObjArgs(memory->find, written, NULL) : NULL;
    int known = answer != NULL && understood(memory, word, answer);
    Py_XDECREF(written);
    Py_XDECREF(answer);
    if (known)
        return word;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "of a word its sets, its patterns and whether a clause goes on are known");
    give_back(word);
    return NULL;
}

static uint64_t hashed(const char *key, Py_ssize_t size, uint64_t seed)
{
    uint64_t hash = seed ^ (uint64_t)size, part;
    for (; size >= 8; key += 8, size -= 8) {
        memcpy(&part, key, 8);
        hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    part = 0;
    memcpy(&part, key, (size_t)size);
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

/* Give the slot of a word, or a free one for it; NULL where that would be too far away. */
static inline Word **slot(Memory *memory, const char *key, Py_ssize_t size, uint64_t hash)
{
    for (size_t at = hash, step = 0; step < FURTHEST; step++, at++) {
        Word **found = &memory->slots[at & (memory->room - 1)], *word = *found;
        if (word == NULL || (word->hash == hash && word->size == size && memcmp(word->key, key, (size_t)size) == 0))
            return found;
    }
    return NULL;
}

static void forget(Memory *memory)
{
    for (size_t k = 0; memory->slots != NULL && k < memory->room; k++)
        if (memory->slots[k] != NULL)
            give_back(memory->slots[k]);
    if (memory->slots != NULL)
        memset(memory->slots, 0, memory->room * sizeof(Word *));
    memory->count = 0;
}

static int grow(Memory *memory)
{
    Memory more = {.room = memory->room ? memory->room * 2 : 1024};
    more.slots = PyMem_Calloc(more.room, sizeof(Word *));
    if (more.slots == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t k = 0; k < memory->room; k++) {
        Word *word = memory->slots[k];
        size_t at = word ? word->hash : 0;
        while (word != NULL && more.slots[at & (more.room - 1)] != NULL)
            at++;
        if (word != NULL)
            more.slots[at & (more.room - 1)] = word;
    }
    PyMem_Free(memory->slots);
    memory->slots = more.slots;
    memory->room = more.room;
    return 0;
}

/* Put what is known of a word behind others; what is not kept in memory goes into `passing` too. */
static int take(Memory *memory, const char *key, Py_ssize_t size, List *words, List *passing)
{
    uint64_t hash = hashed(key, size, memory->seed);
    Word **place = slot(memory, key, size, hash), *word = place ? *place : NULL;
    if (word == NULL) {
        word = asked(memory, key, size, hash);
        if (word == NULL)
            return -1;
        /* Meanwhile others may have asked: only now is it sure which slot is free. */
        int kept = size <= LONGEST_WORD && memory->count < MOST_WORDS;
        if (kept && memory->count * 2 >= memory->room && grow(memory) < 0) {
            give_back(word);
            return -1;
        }
        place = kept ? slot(memory, key, size, hash) : NULL;
        if (place != NULL && *place == NULL) {
            *place = word;
            memory->count++;
        }
        else if (append(passing, word) < 0) {
            give_back(word);
            return -1;
        }
    }
    return append(words, word);
}
