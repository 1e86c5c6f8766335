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

    /// Whether the host is written as an address, so that nobody needs to be asked.
    static boolean isLiteral(Endpoint endpoint) {
        return NetUtil.createByteArrayFromIpAddressString(endpoint.host()) != null;
    }

    /// The address, after asking the host's resolver; unresolved when it knows none. Blocks, but
    /// for a literal.
    ///
    /// @throws IllegalArgumentException when its port is none
    static InetSocketAddress resolved(Endpoint endpoint) {
        InetSocketAddress literal = literal(endpoint);
        return literal != null ? literal : new InetSocketAddress(endpoint.host(), endpoint.port());
    }

    private static @Nullable InetSocketAddress literal(Endpoint endpoint) {
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

    /// The other way round.
    static Endpoint endpoint(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress known && known.getAddress() != null
                ? new Endpoint(known.getAddress().getHostAddress(), known.getPort())
                : UNKNOWN;
    }
}
