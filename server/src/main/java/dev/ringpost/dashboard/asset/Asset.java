package dev.ringpost.dashboard.asset;

/** A file that pages load. */
public enum Asset {
    STYLE("ringpost.css", "text/css; charset=utf-8"),
    SCRIPT("ringpost.js", "text/javascript; charset=utf-8"),
    HTMX("htmx.min.js", "text/javascript; charset=utf-8"),
    CHARTS("charts.js", "text/javascript; charset=utf-8"),
    UPLOT("uPlot.iife.min.js", "text/javascript; charset=utf-8"),
    UPLOT_STYLE("uPlot.min.css", "text/css; charset=utf-8"),
    ICON("ringpost.svg", "image/svg+xml");

    private final String file;
    private final String mediaType;

    Asset(String file, String mediaType) {
        this.file = file;
        this.mediaType = mediaType;
    }

    String file() {
        return file;
    }

    String mediaType() {
        return mediaType;
    }
}
