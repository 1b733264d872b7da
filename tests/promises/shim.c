/* Stands between one process and the file system: writes down what the process does to the files of one folder, or
   lets the k-th such operation fail, or kills the process there. Preloaded (LD_PRELOAD); does nothing until asked.

   A record of the log is: one letter, two 64-bit numbers, two 32-bit lengths, two texts (all little-endian).

     O  inode, 1 when it was made now | path         W  inode, offset | data          T  inode, size
     S  inode (a file was synced)                    F  0 | path (a folder was synced)
     R  0 | old path, new path                       U  0 | path (removed)            D  0 | path (a folder was made)
     M  0 | text (the process says that something is done)                                                       */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096
#define DAY 86400000000000LL
#define FARTHEST (4000 * DAY)
#define REAL(name) static __typeof__(name) *real = 0; if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

enum how { NOTHING, KILL, KILL_HALF, NO_SPACE_ONCE, NO_SPACE, IO_ERROR, SHORT };

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static long at = -1, counted;
static enum how how;
static int full;
static long long room;
static long long clock_offset, clock_step;
static struct { char *path; int folder; uint64_t inode; } files[FILES];

void promises_watch(const char *folder, int log) {
  snprintf(root, sizeof root, "%s", folder);
  root_length = strlen(root);
  log_file = log;
  counted = 0;
}

void promises_fail(long operation, int kind) {
  counted = 0;
  at = operation;
  how = kind;
  full = 0;
  room = 0;
}

void promises_stop(void) {
  at = -1;
  how = NOTHING;
  full = 0;
  log_file = -1;
}

long promises_counted(void) { return counted; }

void promises_clock(long long offset_ns, long long step_ns) {
  clock_offset = offset_ns;
  clock_step = step_ns;
}

static void put(const void *data, size_t length) {
  const char *from = data;
  while (length) {
    long done = syscall(SYS_write, log_file, from, length);
    if (done <= 0) return;
    from += done;
    length -= done;
  }
}

static void record(char letter, uint64_t one, uint64_t two, const void *first, uint32_t length, const char *second) {
  if (log_file < 0) return;
  char start[25];
  uint32_t rest = second ? strlen(second) : 0;
  start[0] = letter;
  memcpy(start + 1, &one, 8);
  memcpy(start + 9, &two, 8);
  memcpy(start + 17, &length, 4);
  memcpy(start + 21, &rest, 4);
  put(start, sizeof start);
  put(first, length);
  put(second, rest);
}

void promises_mark(const char *text) {
  pthread_mutex_lock(&guard);
  record('M', 0, 0, text, strlen(text), 0);
  pthread_mutex_unlock(&guard);
}

static int ours(const char *path) {
  return root_length && path && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static const char *placed(int folder, const char *path, char *room_for_path) {
  if (!path || path[0] == '/' || folder < 0 || folder >= FILES || !files[folder].path) return path;
  snprintf(room_for_path, PATH_MAX, "%s/%s", files[folder].path, path);
  return room_for_path;
}

/* Whether a full disk has no room for a file of so many bytes more; takes the room when it has. */
static int too_large(long long more) {
  if (more <= 0) return 0;
  if (more > room) return 1;
  room -= more;
  return 0;
}

/* One more operation. Returns 0 to go on, or the errno with which it fails; -1: only half of a write is done. */
static int next(int grows, int frees_or_syncs) {
  counted++;
  if (how == NO_SPACE && at > 0 && counted >= at) full = 1;
  if (full && grows && too_large(4096)) return ENOSPC;
  if (counted != at) return 0;
  switch (how) {
    case KILL: kill(getpid(), SIGKILL); for (;;) pause();
    case NO_SPACE_ONCE: return frees_or_syncs ? 0 : ENOSPC;
    case IO_ERROR: return EIO;
    case KILL_HALF: case SHORT: return -1;
    default: return 0;
  }
}

static int opening(int folder, const char *given, int flags, mode_t mode) {
  char space[PATH_MAX];
  const char *path = placed(folder, given, space);
  if (!ours(path)) return syscall(SYS_openat, folder, given, flags, mode);
  pthread_mutex_lock(&guard);
  struct stat status;
  int stood = !stat(path, &status);
  int made = (flags & O_CREAT) && !stood;
  int fails = made ? next(1, 0) : 0;
  int file = -1;
  if (fails > 0) errno = fails;
  else file = syscall(SYS_openat, folder, given, flags, mode);
  int kept = errno;
  if (file >= 0 && file < FILES && !fstat(file, &status)) {
    files[file].path = strdup(path);
    files[file].folder = S_ISDIR(status.st_mode);
    files[file].inode = status.st_ino;
    if (!files[file].folder) record('O', status.st_ino, made, path, strlen(path), 0);
    if (stood && (flags & O_TRUNC) && !files[file].folder) record('T', status.st_ino, 0, 0, 0, 0);
  }
  errno = kept;
  pthread_mutex_unlock(&guard);
  return file;
}

#define MODE va_list rest; va_start(rest, flags); \
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; va_end(rest)
int open(const char *path, int flags, ...) { MODE; return opening(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return opening(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE; return opening(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE; return opening(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opening(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int close(int file) {
  if (file >= 0 && file < FILES && files[file].path) {
    pthread_mutex_lock(&guard);
    free(files[file].path);
    files[file].path = 0;
    pthread_mutex_unlock(&guard);
  }
  return syscall(SYS_close, file);
}

static ssize_t writing(int file, const void *data, size_t length, off_t offset, int placed_write) {
  if (file < 0 || file >= FILES || !files[file].path)
    return placed_write ? syscall(SYS_pwrite64, file, data, length, offset) : syscall(SYS_write, file, data, length);
  pthread_mutex_lock(&guard);
  struct stat status;
  fstat(file, &status);
  if (!placed_write)
    offset = fcntl(file, F_GETFL) & O_APPEND ? status.st_size : syscall(SYS_lseek, file, 0, SEEK_CUR);
  long long more = (long long)(offset + length) - status.st_size;
  int fails = next(0, 0);
  if (!fails && full && too_large(more)) fails = ENOSPC;
  ssize_t done = -1;
  if (fails > 0) {
    errno = fails;
  } else {
    size_t part = fails < 0 && length > 1 ? length / 2 : length;
    done = placed_write ? syscall(SYS_pwrite64, file, data, part, offset) : syscall(SYS_write, file, data, part);
    if (fails < 0 && how == KILL_HALF) { kill(getpid(), SIGKILL); for (;;) pause(); }
    if (done > 0) record('W', files[file].inode, offset, data, done, 0);
  }
  int kept = errno;
  pthread_mutex_unlock(&guard);
  errno = kept;
  return done;
}

ssize_t write(int file, const void *data, size_t length) { return writing(file, data, length, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t length, off_t offset) { return writing(file, data, length, offset, 1); }
ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) { return writing(file, data, length, offset, 1); }
ssize_t writev(int file, const struct iovec *parts, int count) {
  if (file < 0 || file >= FILES || !files[file].path) return syscall(SYS_writev, file, parts, count);
  ssize_t sum = 0;
  for (int part = 0; part < count; part++) {
    ssize_t done = writing(file, parts[part].iov_base, parts[part].iov_len, 0, 0);
    if (done < 0) return sum ? sum : done;
    sum += done;
    if ((size_t)done < parts[part].iov_len) break;
  }
  return sum;
}

/* Copies inside the kernel would pass unseen: refused, so that programs fall back to reading and writing. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
  if (out >= 0 && out < FILES && files[out].path) { errno = ENOTSOCK; return -1; }
  return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { return sendfile(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
  if (out >= 0 && out < FILES && files[out].path) { errno = EOPNOTSUPP; return -1; }
  return syscall(SYS_copy_file_range, in, from, out, to, length, flags);
}
int posix_fallocate(int file, off_t offset, off_t length) {
  if (file >= 0 && file < FILES && files[file].path) return EOPNOTSUPP;
  REAL(posix_fallocate);
  return real(file, offset, length);
}

static int cutting(int file, off_t size) {
  if (file < 0 || file >= FILES || !files[file].path) return syscall(SYS_ftruncate, file, size);
  pthread_mutex_lock(&guard);
  struct stat status;
  fstat(file, &status);
  int fails = next(0, size <= status.st_size);
  if (!fails && full && too_large(size - status.st_size)) fails = ENOSPC;
  int done = -1;
  if (fails > 0) errno = fails;
  else if (!(done = syscall(SYS_ftruncate, file, size))) {
    if (size < status.st_size) room += status.st_size - size;
    record('T', files[file].inode, size, 0, 0, 0);
  }
  int kept = errno;
  pthread_mutex_unlock(&guard);
  errno = kept;
  return done;
}

int ftruncate(int file, off_t size) { return cutting(file, size); }
int ftruncate64(int file, off64_t size) { return cutting(file, size); }

static int syncing(int file, long call) {
  if (file < 0 || file >= FILES || !files[file].path) return syscall(call, file);
  pthread_mutex_lock(&guard);
  int fails = next(0, 1);
  if (fails <= 0) {
    if (files[file].folder) record('F', 0, 0, files[file].path, strlen(files[file].path), 0);
    else record('S', files[file].inode, 0, 0, 0, 0);
  }
  pthread_mutex_unlock(&guard);
  if (fails > 0) { errno = fails; return -1; }
  return 0; /* Nothing is brought to the drive: the crash states are built from the log. */
}

int fsync(int file) { return syncing(file, SYS_fsync); }
int fdatasync(int file) { return syncing(file, SYS_fdatasync); }

static int naming(char letter, int folder, const char *given, int to_folder, const char *given_new, int flags, mode_t mode) {
  char space[PATH_MAX], more_space[PATH_MAX];
  const char *path = placed(folder, given, space), *new = given_new ? placed(to_folder, given_new, more_space) : 0;
  int seen = ours(path) || (new && ours(new));
  struct stat status;
  int done = -1, fails = 0;
  if (seen) {
    pthread_mutex_lock(&guard);
    fails = next(letter == 'D', letter == 'U' || letter == 'R');
    if (letter == 'U' && fails <= 0 && stat(path, &status)) status.st_size = 0;
  }
  if (fails > 0) errno = fails;
  else if (letter == 'U') done = syscall(SYS_unlinkat, folder, given, flags);
  else if (letter == 'D') done = syscall(SYS_mkdirat, folder, given, mode);
  else done = syscall(SYS_renameat2, folder, given, to_folder, given_new, flags);
  int kept = errno;
  if (seen) {
    if (!done) {
      if (letter == 'U') room += status.st_size;
      record(letter, 0, 0, path, strlen(path), new);
    }
    pthread_mutex_unlock(&guard);
  }
  errno = kept;
  return done;
}

int unlink(const char *path) { return naming('U', AT_FDCWD, path, 0, 0, 0, 0); }
int unlinkat(int folder, const char *path, int flags) { return naming('U', folder, path, 0, 0, flags, 0); }
int rmdir(const char *path) { return naming('U', AT_FDCWD, path, 0, 0, AT_REMOVEDIR, 0); }
int mkdir(const char *path, mode_t mode) { return naming('D', AT_FDCWD, path, 0, 0, 0, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return naming('D', folder, path, 0, 0, 0, mode); }
int rename(const char *old, const char *new) { return naming('R', AT_FDCWD, old, AT_FDCWD, new, 0, 0); }
int renameat(int one, const char *old, int two, const char *new) { return naming('R', one, old, two, new, 0, 0); }

/* The clock of the wall: set off by an offset, and, with a step, jumping to and fro, each time twice as far. */
static void moved(struct timespec *now) {
  if (!clock_offset && !clock_step) return;
  long long ns = now->tv_sec * 1000000000LL + now->tv_nsec + clock_offset;
  clock_offset += clock_step;
  clock_step *= -2;
  if (llabs(clock_step) > FARTHEST) clock_step = DAY;
  if (ns < 0) ns = 0;
  now->tv_sec = ns / 1000000000LL;
  now->tv_nsec = ns % 1000000000LL;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(clock_gettime);
  int answer = real(clock, now);
  if (!answer && clock == CLOCK_REALTIME) moved(now);
  return answer;
}

int gettimeofday(struct timeval *now, void *zone) {
  (void)zone;
  struct timespec fine;
  int answer = clock_gettime(CLOCK_REALTIME, &fine);
  now->tv_sec = fine.tv_sec;
  now->tv_usec = fine.tv_nsec / 1000;
  return answer;
}

time_t time(time_t *where) {
  struct timespec fine;
  clock_gettime(CLOCK_REALTIME, &fine);
  if (where) *where = fine.tv_sec;
  return fine.tv_sec;
}
