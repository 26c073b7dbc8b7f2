module github.com/wtiphone/wtiphone

go 1.26
