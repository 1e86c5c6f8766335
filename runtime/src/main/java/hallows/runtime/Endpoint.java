package hallows.runtime;

/// Where to listen or to connect.
///
/// @param host a name or an address
/// @param port 0 to listen on a free one
public record Endpoint(String host, int port) {
    private static final int PORT_MAX = 0xffff;

    /// Reads `HOST:PORT`, with an IPv6 address in brackets.
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : host(text.substring(0, colon));
        int port = port(text.substring(colon + 1));
        if (host.isEmpty() || port < 0) {
            throw new IllegalArgumentException(
                    "not HOST:PORT: '" + text + "', for example 127.0.0.1:9092");
        }
        if (port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "a port is 0 to 65535: '" + text + "', for example 127.0.0.1:9092");
        }
        return new Endpoint(host, port);
    }

    /// Without brackets nobody knows where an address ends and a port begins.
    private static String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.substring(1, text.length() - 1);
        }
        return text.contains(":") ? "" : text;
    }

    private static int port(String digits) {
        if (!digits.matches("\\d+")) {
            return -1;
        }
        return digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
