package hallows.bench;

import hallows.runtime.Host;
import hallows.runtime.os.OsWorld;

/// The end of a host that was measured.
final class Hosts {
    private static final long LIMIT_MILLIS = 5_000;

    private Hosts() {}

    static void end(Host host, OsWorld world) {
        if (!host.stop(LIMIT_MILLIS)) {
            throw new IllegalStateException("a measured host did not end");
        }
        host.close();
        world.close();
    }
}
