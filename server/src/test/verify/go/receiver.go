// An endpoint that takes only what the verifiers of docs/verifying.md take, each with every key.
// It prints its port; then each line that it reads has the keys from now on, and is answered with their number.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
)

var keys atomic.Pointer[[]string]

func status(header http.Header, body []byte) int {
	taken, refused := 0, 0
	note := func(err error) {
		if err == nil {
			taken++
		} else {
			fmt.Fprintln(os.Stderr, err)
			refused++
		}
	}
	for _, key := range *keys.Load() {
		if !strings.HasPrefix(key, "whpk_") { // the package knows v1 only
			note(verifyWithLibrary(key, header, body))
		}
		note(verify(key, header, body))
	}
	switch {
	case taken > 0 && refused == 0:
		return http.StatusNoContent
	case refused > 0 && taken == 0:
		return http.StatusUnauthorized
	default:
		return http.StatusInternalServerError
	}
}

func receive(response http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		response.WriteHeader(http.StatusBadRequest)
		return
	}
	response.WriteHeader(status(request.Header, body))
}

func main() {
	keys.Store(&[]string{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() { panic(http.Serve(listener, http.HandlerFunc(receive))) }()
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		keys.Store(&fields)
		fmt.Println(len(fields))
	}
}
