package hallows.runtime.os;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The machine that this process is on.
public final class OsMachine {
    private static final String ITSELF = "localhost";

    private OsMachine() {}

    /// How much memory it has, or this process of it.
    public static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /// By what name others find it, as far as it knows. Blocks: it may ask a name server.
    public static String name() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException nameless) {
            return ITSELF;
        }
    }
}
