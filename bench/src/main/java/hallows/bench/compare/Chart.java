package hallows.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lines of two colours.
///
/// @param title what they show
/// @param ours one for each turn
/// @param theirs likewise
/// @param isLogarithmic whether each step upwards is ten times the one before
record Chart(
        String title, List<List<Double>> ours, List<List<Double>> theirs, boolean isLogarithmic) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;

    String svg() {
        double most = most();
        return "<svg viewBox=\"0 0 %d %d\"><text x=\"6\" y=\"14\">%s, up to %,.0f</text>%s%s</svg>"
                .formatted(
                        WIDTH,
                        HEIGHT,
                        title,
                        most,
                        lines("ours", ours, most),
                        lines("theirs", theirs, most));
    }

    private double most() {
        return Stream.concat(ours.stream(), theirs.stream())
                .flatMap(List::stream)
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private String lines(String style, List<List<Double>> all, double most) {
        return all.stream()
                .map(line ->
                        "<polyline class=\"%s\" points=\"%s\"/>"
                                .formatted(style, points(line, most)))
                .collect(Collectors.joining());
    }

    private String points(List<Double> line, double most) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            double x = (double) WIDTH * i / Math.max(1, line.size() - 1);
            double y = HEIGHT - (HEIGHT - 20) * height(line.get(i), most);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return points.toString();
    }

    private double height(double value, double most) {
        double some = Double.isFinite(value) ? value : 0;
        return isLogarithmic
                ? Math.log(Math.max(some, 1)) / Math.log(Math.max(most, 2))
                : some / Math.max(most, 1);
    }
}
