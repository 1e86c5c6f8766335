package hallows.runtime.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// How Linux shares a processor among threads. The C library of many hosts has no name for these
/// calls, but their numbers.
final class Scheduling {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /// Of what is known of a thread, in its first version, which all later ones begin with.
    private static final int BYTES = 48;

    private static final long RUNTIME_AT = 24;
    private static final long SET = number(314, 274);
    private static final long GET = number(315, 275);

    private Scheduling() {}

    /// Linked once somebody asks.
    private static final class Calls {
        static final MethodHandle SET =
                HostCalls.linked(
                        "syscall",
                        FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS, INT),
                        Linker.Option.firstVariadicArg(1));
        static final MethodHandle GET =
                HostCalls.linked(
                        "syscall",
                        FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS, INT, INT),
                        Linker.Option.firstVariadicArg(1));
    }

    /// How long a thread, by its number, stays on a processor that others want: 0 for as long as is
    /// usual. The number 0 is the calling thread. Everything else about it stays. The answer is an
    /// errno value, 0 for success.
    static int turns(int thread, long nanos) {
        if (SET == 0) {
            return HostCalls.UNSUPPORTED;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(BYTES, Long.BYTES);
            HostCalls.Answer got =
                    HostCalls.call(Calls.GET, "syscall", GET, thread, attributes, BYTES, 0);
            if (got.errno() != 0) {
                return got.errno();
            }
            attributes.set(LONG, RUNTIME_AT, nanos);
            return HostCalls.call(Calls.SET, "syscall", SET, thread, attributes, 0).errno();
        }
    }

    /// 0 where it is not known.
    private static long number(long onAmd64, long onAarch64) {
        if (!HostCalls.LINUX) {
            return 0;
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> onAmd64;
            case "aarch64" -> onAarch64;
            default -> 0;
        };
    }
}
