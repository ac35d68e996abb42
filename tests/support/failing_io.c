/* failing_io: makes one system call on files below a folder fail, to see what a program does about it.
 *
 *   LD_PRELOAD=…/libfailing_io.so MONIAC_FAIL=write:3:ENOSPC:/tmp/out MONIAC_FAIL_LOG=/tmp/log moniac run …
 *
 * MONIAC_FAIL is CALL:N:ERRNO:PREFIX. The N-th CALL (N+ for that one and all after it) on a path that begins with
 * PREFIX does nothing and fails with ERRNO. CALL is one of
 *
 *   write      write, writev, pwrite, pwritev     fsync      fsync, fdatasync
 *   open       open, openat, creat, fopen of a    rename     rename, renameat, renameat2; either path may match
 *              file to be created or written      truncate   truncate, ftruncate
 *   close      close; the descriptor is closed    mkdir      mkdir, mkdirat
 *              all the same, as Linux does        unlink     unlink, unlinkat, remove, rmdir
 *
 * ERRNO is a name of the table below or a number. With SHORT a write succeeds, of half its bytes (writev: of half its
 * buffers); with KILL the program is killed there and then. PREFIX is absolute and without symbolic links. Calls are
 * counted over all threads. Each one that failed is a line "write 3 /tmp/out/a.h5" in MONIAC_FAIL_LOG, where given, so
 * that a test knows whether there was an N-th call. A program that exec starts counts anew. A program with the address
 * sanitizer needs ASAN_OPTIONS=verify_asan_link_order=0.
 *
 * Not seen: calls that libc makes within itself (fwrite, fflush, fclose) and mapped memory.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { any_path = 2 * PATH_MAX, short_write = -1, killed = -2 };

static struct {
  char call[16];
  long number;
  int onwards;
  int error;
  const char* prefix;
  const char* log;
} order;
static atomic_long calls;

static void stop(const char* what) {
  dprintf(STDERR_FILENO, "failing_io: %s in MONIAC_FAIL\n", what);
  _exit(127);
}

static int error_number(const char* name, size_t length) {
  static const struct {
    const char* name;
    int number;
  } known[] = {{"SHORT", short_write}, {"EACCES", EACCES}, {"EDQUOT", EDQUOT}, {"EFBIG", EFBIG}, {"EINTR", EINTR},
               {"EIO", EIO},           {"EMFILE", EMFILE}, {"ENOSPC", ENOSPC}, {"EROFS", EROFS}, {"KILL", killed}};
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
    if (strlen(known[i].name) == length && strncmp(known[i].name, name, length) == 0) return known[i].number;
  const int number = atoi(name);
  if (number <= 0) stop("unknown error");
  return number;
}

__attribute__((constructor)) static void read_order(void) {
  const char* text = getenv("MONIAC_FAIL");
  if (text == NULL) return;
  const char* number = strchr(text, ':');
  const char* error = number == NULL ? NULL : strchr(number + 1, ':');
  const char* prefix = error == NULL ? NULL : strchr(error + 1, ':');
  if (prefix == NULL || (size_t)(number - text) >= sizeof order.call) stop("expected CALL:N:ERRNO:PREFIX");
  char* end;
  order.number = strtol(number + 1, &end, 10);
  order.onwards = *end == '+';
  if (order.number < 1 || end + order.onwards != error) stop("expected N or N+");
  order.error = error_number(error + 1, (size_t)(prefix - error - 1));
  order.prefix = prefix + 1;
  order.log = getenv("MONIAC_FAIL_LOG");
  memcpy(order.call, text, (size_t)(number - text)); /* last: an empty call matches nothing */
}

/* Whether calls of this kind are counted. */
static int ordered(const char* call) {
  return strcmp(call, order.call) == 0;
}

static int below_prefix(const char* path) {
  return strncmp(path, order.prefix, strlen(order.prefix)) == 0;
}

static void log_failure(long number, const char* path) {
  if (order.log == NULL) return;
  char line[any_path + 64];
  const int length = snprintf(line, sizeof line, "%s %ld %s\n", order.call, number, path);
  const long log = syscall(SYS_openat, AT_FDCWD, order.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  syscall(SYS_write, log, line, length);
  syscall(SYS_close, log);
}

/* Counts a call on this path; whether it is one to fail, with errno set. */
static int fails(const char* path) {
  const long number = atomic_fetch_add(&calls, 1) + 1;
  if (number != order.number && !(order.onwards && number > order.number)) return 0;
  log_failure(number, path);
  if (order.error == killed) kill(getpid(), SIGKILL);
  errno = order.error;
  return 1;
}

/* The path that a link of /proc/self leads to, errno untouched; "" when there is none. */
static size_t follow(const char* link, char path[any_path]) {
  const int before = errno;
  const ssize_t length = readlink(link, path, PATH_MAX);
  errno = before;
  path[length < 0 ? 0 : length] = '\0';
  return strlen(path);
}

static int fails_on_file(const char* call, int file) {
  if (!ordered(call)) return 0;
  char link[64], path[any_path];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  follow(link, path);
  return below_prefix(path) && fails(path);
}

static void absolute(int folder, const char* name, char path[any_path]) {
  char link[64] = "/proc/self/cwd";
  if (folder != AT_FDCWD) snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  const size_t length = name[0] == '/' ? 0 : follow(link, path);
  snprintf(path + length, any_path - length, name[0] == '/' ? "%s" : "/%s", name);
}

static int fails_on_path(const char* call, int folder, const char* name) {
  if (!ordered(call)) return 0;
  char path[any_path];
  absolute(folder, name, path);
  return below_prefix(path) && fails(path);
}

static int rename_fails(int old_folder, const char* old_name, int new_folder, const char* new_name) {
  if (!ordered("rename")) return 0;
  char from[any_path], to[any_path];
  absolute(old_folder, old_name, from);
  absolute(new_folder, new_name, to);
  return (below_prefix(from) || below_prefix(to)) && fails(to);
}

/* A write that is to be SHORT goes on with half its size. */
static int write_fails(int file, size_t* size) {
  if (!fails_on_file("write", file)) return 0;
  if (order.error != short_write) return 1;
  if (*size > 1) *size /= 2;
  return 0;
}

/* What libc itself does under this name. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void* bytes, size_t size) {
  return write_fails(file, &size) ? -1 : NEXT(write)(file, bytes, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return write_fails(file, &size) ? -1 : NEXT(pwrite)(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  return write_fails(file, &size) ? -1 : NEXT(pwrite64)(file, bytes, size, at);
}
ssize_t writev(int file, const struct iovec* buffers, int count) {
  size_t size = (size_t)count;
  return write_fails(file, &size) ? -1 : NEXT(writev)(file, buffers, (int)size);
}
ssize_t pwritev(int file, const struct iovec* buffers, int count, off_t at) {
  size_t size = (size_t)count;
  return write_fails(file, &size) ? -1 : NEXT(pwritev)(file, buffers, (int)size, at);
}
ssize_t pwritev64(int file, const struct iovec* buffers, int count, off64_t at) {
  size_t size = (size_t)count;
  return write_fails(file, &size) ? -1 : NEXT(pwritev64)(file, buffers, (int)size, at);
}

int fsync(int file) {
  return fails_on_file("fsync", file) ? -1 : NEXT(fsync)(file);
}
int fdatasync(int file) {
  return fails_on_file("fsync", file) ? -1 : NEXT(fdatasync)(file);
}
int ftruncate(int file, off_t size) {
  return fails_on_file("truncate", file) ? -1 : NEXT(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
  return fails_on_file("truncate", file) ? -1 : NEXT(ftruncate64)(file, size);
}
int truncate(const char* name, off_t size) {
  return fails_on_path("truncate", AT_FDCWD, name) ? -1 : NEXT(truncate)(name, size);
}
int truncate64(const char* name, off64_t size) {
  return fails_on_path("truncate", AT_FDCWD, name) ? -1 : NEXT(truncate64)(name, size);
}

int close(int file) {
  if (!fails_on_file("close", file)) return NEXT(close)(file);
  NEXT(close)(file);
  errno = order.error;
  return -1;
}

int rename(const char* from, const char* to) {
  return rename_fails(AT_FDCWD, from, AT_FDCWD, to) ? -1 : NEXT(rename)(from, to);
}
int renameat(int old_folder, const char* from, int new_folder, const char* to) {
  return rename_fails(old_folder, from, new_folder, to) ? -1 : NEXT(renameat)(old_folder, from, new_folder, to);
}
int renameat2(int old_folder, const char* from, int new_folder, const char* to, unsigned flags) {
  if (rename_fails(old_folder, from, new_folder, to)) return -1;
  return NEXT(renameat2)(old_folder, from, new_folder, to, flags);
}
int mkdir(const char* name, mode_t mode) {
  return fails_on_path("mkdir", AT_FDCWD, name) ? -1 : NEXT(mkdir)(name, mode);
}
int mkdirat(int folder, const char* name, mode_t mode) {
  return fails_on_path("mkdir", folder, name) ? -1 : NEXT(mkdirat)(folder, name, mode);
}
int unlink(const char* name) {
  return fails_on_path("unlink", AT_FDCWD, name) ? -1 : NEXT(unlink)(name);
}
int unlinkat(int folder, const char* name, int flags) {
  return fails_on_path("unlink", folder, name) ? -1 : NEXT(unlinkat)(folder, name, flags);
}
int rmdir(const char* name) {
  return fails_on_path("unlink", AT_FDCWD, name) ? -1 : NEXT(rmdir)(name);
}
int remove(const char* name) {
  return fails_on_path("unlink", AT_FDCWD, name) ? -1 : NEXT(remove)(name);
}

static int open_fails(int folder, const char* name, int flags) {
  return (flags & (O_CREAT | O_WRONLY | O_RDWR)) != 0 && fails_on_path("open", folder, name);
}
static int fopen_fails(const char* name, const char* mode) {
  return strpbrk(mode, "wa+") != NULL && fails_on_path("open", AT_FDCWD, name);
}

/* The permissions, there only when a file may be created. */
#define MODE(flags, mode)                         \
  mode_t mode = 0;                                \
  if (((flags) & (O_CREAT | __O_TMPFILE)) != 0) { \
    va_list rest;                                 \
    va_start(rest, flags);                        \
    mode = va_arg(rest, mode_t);                  \
    va_end(rest);                                 \
  }

int open(const char* name, int flags, ...) {
  MODE(flags, mode)
  return open_fails(AT_FDCWD, name, flags) ? -1 : NEXT(open)(name, flags, mode);
}
int open64(const char* name, int flags, ...) {
  MODE(flags, mode)
  return open_fails(AT_FDCWD, name, flags) ? -1 : NEXT(open64)(name, flags, mode);
}
int openat(int folder, const char* name, int flags, ...) {
  MODE(flags, mode)
  return open_fails(folder, name, flags) ? -1 : NEXT(openat)(folder, name, flags, mode);
}
int openat64(int folder, const char* name, int flags, ...) {
  MODE(flags, mode)
  return open_fails(folder, name, flags) ? -1 : NEXT(openat64)(folder, name, flags, mode);
}
int creat(const char* name, mode_t mode) {
  return open(name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char* name, mode_t mode) {
  return open64(name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
FILE* fopen(const char* name, const char* mode) {
  return fopen_fails(name, mode) ? NULL : NEXT(fopen)(name, mode);
}
FILE* fopen64(const char* name, const char* mode) {
  return fopen_fails(name, mode) ? NULL : NEXT(fopen64)(name, mode);
}
