package hallows.runtime.os;

import hallows.runtime.Endpoint;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Between endpoints and the JDK's addresses.
final class Addresses {
    private static final Endpoint UNKNOWN = new Endpoint("unknown", 0);

    private Addresses() {}

    /// The address, if its host is written as one: then nobody needs to be asked.
    static @Nullable InetSocketAddress literal(Endpoint endpoint) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
        try {
            return bytes == null
                    ? null
                    : new InetSocketAddress(
                            InetAddress.getByAddress(endpoint.host(), bytes), endpoint.port());
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    /// The address, after asking the host's resolver; unresolved when it knows none. Blocks.
    static InetSocketAddress resolved(Endpoint endpoint) {
        InetSocketAddress literal = literal(endpoint);
        return literal != null ? literal : new InetSocketAddress(endpoint.host(), endpoint.port());
    }

    /// The other way round.
    static Endpoint endpoint(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress known && known.getAddress() != null
                ? new Endpoint(known.getAddress().getHostAddress(), known.getPort())
                : UNKNOWN;
    }
}
