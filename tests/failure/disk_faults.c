/* SPDX-License-Identifier: EUPL-1.2
 *
 * Preloaded into a child process: counts what goes to the disk, and makes the n-th sync or write fail on demand.
 *
 *   bk_syncs()   syncs that succeeded
 *   bk_dirty()   open files with a write that no sync has followed; not the -shm file, which is made anew after a crash
 *   bk_arm(...)  from now, let the n-th sync or write (1 = the next; 0 = none) and the `count - 1` after it fail, a
 *                sync with EIO, a write with ENOSPC; with `persist` the work is done before the failure is told
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long syncs, sync_at, write_at, failures, persistent;
static unsigned char dirty[FILES];

long bk_syncs(void) { return syncs; }

long bk_dirty(void) {
  long total = 0;
  for (int fd = 0; fd < FILES; fd++) total += dirty[fd];
  return total;
}

void bk_arm(long sync, long write, long count, long persist) {
  pthread_mutex_lock(&lock);
  sync_at = sync;
  write_at = write;
  failures = count;
  persistent = persist;
  pthread_mutex_unlock(&lock);
}

/* Whether this call is one that must fail. */
static int fails(long *at) {
  int failing = 0;
  pthread_mutex_lock(&lock);
  if (*at > 0 && --*at == 0 && failures > 0) {
    failing = 1;
    if (--failures > 0) *at = 1;
  }
  pthread_mutex_unlock(&lock);
  return failing;
}

static int sync_with(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int failing = fails(&sync_at);
  if (failing && !persistent) {
    errno = EIO;
    return -1;
  }
  int result = real(fd);
  if (result == 0) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FILES) dirty[fd] = 0;
    if (!failing) syncs++;
    pthread_mutex_unlock(&lock);
  }
  if (failing) {
    errno = EIO;
    return -1;
  }
  return result;
}

int fsync(int fd) { return sync_with("fsync", fd); }

int fdatasync(int fd) { return sync_with("fdatasync", fd); }

static int is_shared_memory(int fd) {
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, name, sizeof name);
  return size > 4 && memcmp(name + size - 4, "-shm", 4) == 0;
}

static ssize_t write_with(const char *name, int fd, const void *data, size_t size, off_t offset) {
  ssize_t (*real)(int, const void *, size_t, off_t) =
      (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, name);
  int failing = fails(&write_at);
  ssize_t result = failing && !persistent ? -1 : real(fd, data, size, offset);
  if (result >= 0 && fd >= 0 && fd < FILES && !is_shared_memory(fd)) dirty[fd] = 1;
  if (failing) {
    errno = ENOSPC;
    return -1;
  }
  return result;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  return write_with("pwrite", fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) {
  return write_with("pwrite64", fd, data, size, offset);
}

int close(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
  if (fd >= 0 && fd < FILES) dirty[fd] = 0;
  return real(fd);
}
